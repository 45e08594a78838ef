import { linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { day, marsMass, marsRadius, stefanBoltzmann } from '../../src/sim/mars/constants.js';
import { coolingOf, linearDuration, slabRate, slabTime } from '../../src/sim/mars/cooling.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { orbitalFrequency, orbitalPeriod } from '../../src/sim/mars/orbit.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { grainTemperatureRatio } from '../../src/sim/mars/sublimation.js';
import { quickstartParams } from '../defaultDisk.js';
import { dotsOf, lineFigure, lineOf, logSpaced } from '../figures/lineFigure.js';
import { between, near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';

const kepler = { source: 'Kepler', sure: 'A' } as const;
const hour = 3600;

function orbits(): Row[] {
  const radii: readonly (readonly [number, number, number])[] = [
    [1.5, 5.70863e-4, 3.05735],
    [2, 3.707864e-4, 4.7071],
    [2.7, 2.363868e-4, 7.38336],
  ];
  const moons: readonly (readonly [string, number, number])[] = [
    ['Phobos', 9.376e6, 7.654],
    ['Deimos', 2.3463e7, 30.31],
  ];
  return [
    ...radii.flatMap(([r, frequency, hours]) => [
      near(`omega.${r}`, `Ω at ${r} R_Mars`, frequency, orbitalFrequency(r * marsRadius), 1e-5, {
        unit: 's⁻¹',
        ...kepler,
      }),
      near(
        `period.${r}`,
        `orbital period at ${r} R_Mars`,
        hours,
        orbitalPeriod(r * marsRadius) / hour,
        1e-5,
        { unit: 'h', ...kepler },
      ),
    ]),
    ...moons.map(([moon, a, hours]) =>
      near(`period.${moon}`, `period of ${moon}, a = ${a / 1000} km`, hours, orbitalPeriod(a) / hour, 1e-3, {
        unit: 'h',
        source: 'observed',
        sure: 'A',
      }),
    ),
  ];
}

/** The layer of the estimate by Hyodo et al. (2018): 100 km, 3000 kg m-3, 1000 J kg-1 K-1. */
const layer = { layer: 1e5, density: 3000, heatCapacity: 1000 };

function cooling(): Row[] {
  const rate = slabRate(layer.layer, layer.density, layer.heatCapacity);
  const estimate = (layer.layer * layer.density * layer.heatCapacity * 3000) / (stefanBoltzmann * 4000 ** 4);
  const hyodo = 'Hyodo et al. 2018, as the original quotes it';
  const falls: readonly (readonly [number, number, number])[] = [
    [6000, 4000, 224.432],
    [4000, 2000, 2232.51],
    [2000, 1000, 17860],
  ];
  return [
    near('cooling.estimate', 'D ρ c_p ΔT/(σ T⁴): 100 km, 3000 K, at 4000 K', 717.59, estimate / day, 1e-5, {
      unit: 'd',
      source: `closed form; ${hyodo}: 717 d`,
      sure: 'A',
    }),
    near(
      'cooling.linear',
      'linear law, 4000 K to 1000 K, over that estimate',
      1,
      (linearDuration(4000, 1e5) * 0.75) / estimate,
      1e-3,
      { source: hyodo, sure: 'B' },
    ),
    ...falls.map(([from, to, days]) =>
      near(
        `slab.${from}.${to}`,
        `slab law, ${from} K to ${to} K`,
        days,
        slabTime(from, to, rate) / day,
        1e-5,
        { unit: 'd', source: 'D ρ c_p dT/dt = −σ T⁴', sure: 'A' },
      ),
    ),
    ...(
      [
        [1.5, 1836.599],
        [2, 1590.541],
        [2.7, 1368.92],
      ] as const
    ).map(([r, T]) =>
      near(
        `grain.${r}`,
        `grain with Q_abs 0.4 at ${r} R_Mars, Mars at 4000 K`,
        T,
        4000 * 0.4 ** 0.25 * grainTemperatureRatio(r * marsRadius),
        1e-6,
        { unit: 'K', source: 'T_M Q^¼ √(R/2r)', sure: 'A' },
      ),
    ),
  ];
}

/** What impact simulations say of the ring, beside the disk that the quickstart starts with. */
function story(params: MarsParams): Row[] {
  const disk = diskOf(params);
  const first = 'Hyodo et al. 2017 (abstract)';
  const second = 'Hyodo et al. 2018 (abstract)';
  const { initial } = params;
  if (initial.shape !== 'melt_lognormal_mixture') throw new Error(`quickstart starts as ${initial.shape}`);
  return [
    near(
      'story.grain',
      'quickstart: black grain at the start, disk ≈ 2000 K',
      2000,
      disk.cooling.at(0) * disk.grainRatio,
      0.05,
      { unit: 'K', source: first, sure: 'B' },
    ),
    between('story.speed', 'quickstart: impact speed', [1, 5], disk.relativeSpeed / 1000, {
      unit: 'km/s',
      source: first,
      sure: 'B',
    }),
    between('story.e', 'eccentricity of an orbit that grazes Mars, at 2.7 R_Mars', [0.6, 0.9], 1 - 1 / 2.7, {
      source: first,
      sure: 'B',
    }),
    between('story.melt', 'quickstart: blocks of melt, "metre-sized"', [0.5, 5], initial.meterSize, {
      unit: 'm',
      source: first,
      sure: 'B',
    }),
    near('story.droplets', 'quickstart: droplets, "~ 100 µm"', 1e-4, initial.fineSize, 1e-9, {
      unit: 'm',
      source: first,
      sure: 'B',
    }),
    between('story.mars', 'quickstart: Mars at the start', [3000, 6000], disk.cooling.at(0), {
      unit: 'K',
      source: second,
      sure: 'B',
    }),
    between(
      'story.mass',
      'quickstart: mass of the ring at τ = 1, at most the disk of a small impactor',
      [0, 3e-5],
      disk.initialTotal * disk.toMarsMasses,
      { unit: 'M_Mars', source: 'Canup & Salmon 2018, as the original quotes it', sure: 'B' },
    ),
    near(
      'story.Sigma',
      '3·10⁻⁵ M_Mars spread over 1 … 2.7 R_Mars',
      84798.5,
      (3e-5 * marsMass) / params.area,
      1e-6,
      { unit: 'kg/m²', source: 'arithmetic', sure: 'A' },
    ),
  ];
}

function figure(): Figure {
  const days = logSpaced(1, 3e4, 121);
  const curves = [
    [6000, colours.orange],
    [4000, colours.vermillion],
    [3000, colours.blue],
  ] as const;
  const slabs = curves.map(([start, colour]) => {
    const law = coolingOf({ kind: 'slab', start, ...layer });
    return lineOf(
      `slab ${start} K`,
      colour,
      days,
      days.map((d) => law.at(d * day)),
    );
  });
  const linear = coolingOf({ kind: 'linear', start: 4000, layer: layer.layer });
  const shown = days.filter((d) => linear.at(d * day) > 900);
  const straight = lineOf(
    'linear',
    colours.black,
    shown,
    shown.map((d) => linear.at(d * day)),
    { dash: [4, 3] },
  );
  const point = dotsOf('', colours.black, [717.59], [1000]);
  return lineFigure(
    'cooling.svg',
    'Cooling of a 100-km layer: the slab law from three temperatures, and the linear law, which reaches 1000 K after 717 d (dot).',
    [
      {
        title: 'Temperature of Mars',
        x: logAxis(1, 3e4, 6),
        xTitle: 'time (d)',
        y: linearAxis(800, 6200, 6),
        yTitle: 'T_{M} (K)',
        lines: [...slabs, straight, point],
      },
    ],
  );
}

export async function orbitsAndCooling(): Promise<Section> {
  return {
    id: 'cooling',
    title: 'Orbits, cooling, and the state of the ring',
    text:
      'The linear estimate and the energy balance of the layer differ much: from 4000 K to 1000 K the one takes 717 d, the other 20 093 d. The slab law is ' +
      'the default; a run says which law it used. The linear law of the original program has the factor (T₀/4000 K)⁺¹ where the estimate demands ⁻⁴; ' +
      'it is kept for comparisons, and a configuration that uses it away from 4000 K is warned.',
    rows: [...orbits(), ...cooling(), ...story(await quickstartParams())],
    figures: [figure()],
  };
}
