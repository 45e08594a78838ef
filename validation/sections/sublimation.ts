import { linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import {
  type EvaporationLaw,
  sublimationFlux,
  vapourBranch,
  vapourPressure,
} from '../../src/sim/mars/sublimation.js';
import { type VapourLawName, vapourLaws } from '../../src/sim/mars/vapourLaws.js';
import { dotsOf, lineFigure, lineOf, spaced } from '../figures/lineFigure.js';
import { between, near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';

/** SiO over silicon and silica below 1900 K, molten silica above; without ambient gas. */
const original: EvaporationLaw = { ...vapourLaws.sio_reference, gasPressure: 0 };
const silica: EvaporationLaw = { ...vapourLaws.silica, gasPressure: 0 };

const solid = (T: number) => vapourPressure(original, T, 'solid');
const liquid = (T: number) => vapourPressure(silica, T, 'solid');

function flux(T: number): number {
  const out = { J: 0, slope: 0 };
  sublimationFlux(original, T, vapourBranch(original, T), out);
  return out.J;
}

/** SiO2(s) -> SiO + O2/2, Gibbs energy of the Knudsen effusion study of 1973, 182 050 - 58.29 T cal/mol, 1823 .. 1983 K, Pa. */
const gibbs: readonly (readonly [number, number])[] = [
  [1500, 8.24e-5],
  [1685, 7.2e-3],
  [1899.999, 0.435],
  [2000, 2.17],
];

function pressures(): Row[] {
  const mixture: readonly (readonly [number, number])[] = [
    [1500, 51.64],
    [1685, 1046],
    [1899.999, 16529],
  ];
  const known: readonly (readonly [number, number])[] = [
    [1500, 8.65e-5],
    [1685, 6.8e-3],
    [1899.999, 0.3732],
    [2000, 1.793],
    [2500, 697.3],
    [3000, 3.72e4],
  ];
  return [
    ...mixture.map(([T, P]) =>
      near(`psat.mixture.${T}`, `SiO over Si + SiO₂ (the original's solid) at ${T} K`, P, solid(T), 5e-4, {
        unit: 'Pa',
        source: '10^(13.613 − 17850/T); Ferguson & Nuth 2012',
        sure: 'A',
      }),
    ),
    ...known.map(([T, P]) =>
      near(
        `psat.silica.${T}`,
        `silica (law \`silica\`; the original's liquid) at ${T} K`,
        P,
        liquid(T),
        2e-3,
        {
          unit: 'Pa',
          source: '10^(13.203 − 25898.9/T); Visscher & Fegley 2013',
          sure: 'B',
        },
      ),
    ),
    ...gibbs.map(([T, P]) =>
      near(`psat.gibbs.${T}`, `silica at ${T} K beside effusion measurements`, P, liquid(T), 0.2, {
        unit: 'Pa',
        source: 'Knudsen effusion, 1973',
        sure: 'B',
      }),
    ),
  ];
}

/** Smallest ratio of the pressures at T + 1 K and T, from 1000 K to 4000 K. */
function leastRise(name: VapourLawName): number {
  const law: EvaporationLaw = { ...vapourLaws[name], gasPressure: 0 };
  const pressure = (T: number) => vapourPressure(law, T, vapourBranch(law, T));
  return Math.min(...spaced(1000, 3999, 3000).map((T) => pressure(T + 1) / pressure(T)));
}

function rises(): Row[] {
  const rising = { source: 'strictly increasing', sure: 'A' } as const;
  return [
    between(
      'rise.silica',
      'law `silica`: smallest P(T + 1 K)/P(T), 1000 … 4000 K',
      [1, 10],
      leastRise('silica'),
      rising,
    ),
    between('rise.forsterite', 'law `forsterite`: the same', [1, 10], leastRise('forsterite'), rising),
    near(
      'rise.reference',
      'law `sio_reference` (warns): the same, its drop at 1900 K',
      1 / 4.4e4,
      leastRise('sio_reference'),
      0.02,
      { source: '10^(13.203 − 13.613 − 8048.9/1900)', sure: 'A' },
    ),
  ];
}

/** Time in which a grain of 1 um and 3000 kg/m3 is gone. */
const life = (J: number) => (1e-6 * 3000) / J;

function fluxes(): Row[] {
  const arithmetic = { source: 'J = α P √(μ/2πRT), α 0.007', sure: 'A' } as const;
  const rate = { unit: 'kg/m²/s', ...arithmetic };
  const time = { unit: 's', source: 's ρ/J', sure: 'A' } as const;
  return [
    near('flux.1500', 'flux of the original at 1500 K', 2.71138e-4, flux(1500), 1e-5, rate),
    near('flux.2500', 'flux of the original at 2500 K', 2.836e-3, flux(2500), 1e-5, rate),
    near('life.1500', 'life of a 1-µm grain at 1500 K, by the original', 11, life(flux(1500)), 0.01, time),
    near('life.below', 'the same at 1899.9 K', 0.04, life(flux(1899.9)), 0.05, time),
    near('life.above', 'the same at 1900 K', 1723, life(flux(1900)), 1e-3, time),
  ];
}

function figure(): Figure {
  const T = spaced(1000, 4000, 301);
  const per = T.map((t) => 1e4 / t);
  const shown = (pressure: (t: number) => number, from: number, to: number) => {
    const inside = T.map((t, i) => [per[i], pressure(t), t] as const).filter(
      ([, , t]) => t >= from && t <= to,
    );
    return [inside.map(([x]) => x), inside.map(([, y]) => y)] as const;
  };
  const whole = (t: number) => (t >= 1900 ? liquid(t) : solid(t));
  const points = dotsOf(
    'effusion 1973',
    colours.black,
    gibbs.map(([t]) => 1e4 / t),
    gibbs.map(([, P]) => P),
  );
  const caption =
    'Vapour pressure over inverse temperature. The original jumps down by 4.4·10⁴ at 1900 K, from SiO over silicon and silica to silica.';
  return lineFigure('vapour-pressure.svg', caption, [
    {
      title: 'Vapour pressure',
      x: linearAxis(2.4, 10.1, 7),
      xTitle: '10⁴ K / T',
      y: logAxis(1e-10, 1e7, 6),
      yTitle: 'P_{sat} (Pa)',
      lines: [
        lineOf('original', colours.vermillion, ...shown(whole, 1000, 4000)),
        lineOf('silica', colours.blue, ...shown(liquid, 1000, 4000), { dash: [4, 3] }),
        points,
      ],
    },
  ]);
}

export function sublimation(): Section {
  return {
    id: 'sublimation',
    title: 'Vapour pressures and sublimation',
    text:
      'The "solid" law of the original program is that of SiO over a mixture of silicon and silica: 10⁵ times too high for silica at 1500 … 1900 K. Its "liquid" law is ' +
      'that of silica and agrees with independent effusion measurements within 20 %: it is the law `silica` here. A tabulated or extrapolated pressure is in ' +
      '[physics.md](physics.md).',
    rows: [...pressures(), ...rises(), ...fluxes()],
    figures: [figure()],
  };
}
