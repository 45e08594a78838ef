import { logAxis } from '../../src/report/chart/axis.js';
import { sequence } from '../../src/report/chart/style.js';
import { BlowoutRoot, beta } from '../../src/sim/mars/blowout.js';
import { marsMass, marsRadius, stefanBoltzmann } from '../../src/sim/mars/constants.js';
import { qprTable, radiationPressureEfficiency } from '../../src/sim/mars/efficiency.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quickstartParams } from '../defaultDisk.js';
import { lineFigure, lineOf, logSpaced } from '../figures/lineFigure.js';
import { near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';

const burns = 'Burns, Lamy & Soter 1979';
const micrometre = 1e-6;

/** Blow-out size at a constant Q_pr, m. */
const blowoutSize = (T: number, density: number, Q = 1) =>
  new BlowoutRoot(qprTable({ kind: 'constant', value: Q }), density).at(T);

/** [density, T, s_blow in um] */
const sizes: readonly (readonly [number, number, number])[] = [
  [3000, 1000, 0.0253681],
  [3000, 1500, 0.128426],
  [3000, 2000, 0.405889],
  [3000, 2500, 0.990941],
  [3000, 3000, 2.05482],
  [3000, 4000, 6.4942312],
  [3000, 5000, 15.8551],
  [3000, 6000, 32.877],
  [3270, 2000, 0.372376],
  [3270, 3000, 1.88515],
  [3270, 4000, 5.95801],
  [3270, 6000, 30.1624],
];

/**
 * Light and gravity of Mars stand in the same ratio as those of the Sun at T_Sun (R_Sun/R_M)^(1/2) (M_M/M_Sun)^(1/4) = 1970.7 K: there
 * beta must be that of the Sun.
 */
function solarTemperature(): number {
  const luminosity = 3.828e26;
  const sunMass = 1.98841e30;
  const area = 4 * Math.PI * marsRadius * marsRadius;
  return ((luminosity * marsMass) / (sunMass * area * stefanBoltzmann)) ** 0.25;
}

function scalings(): Row[] {
  const unit = blowoutSize(2000, 3000);
  const exact = { source: 's_blow ~ T⁴ Q/ρ; β s constant', sure: 'A' } as const;
  return [
    near('scale.T', 's_blow at 4000 K over that at 2000 K', 16, blowoutSize(4000, 3000) / unit, 1e-12, exact),
    near('scale.rho', 's_blow at half the density', 2, blowoutSize(2000, 1500) / unit, 1e-12, exact),
    near('scale.Q', 's_blow at Q_pr 0.37', 0.37, blowoutSize(2000, 3000, 0.37) / unit, 1e-12, exact),
    near(
      'scale.s',
      'β s at 10 nm over that at 1 m',
      1,
      (1e-8 * beta(1e-8, 4000, 0.6, 3000)) / beta(1, 4000, 0.6, 3000),
      1e-12,
      exact,
    ),
  ];
}

function rows(): Row[] {
  const T = solarTemperature();
  return [
    near(
      'beta.1um',
      'β of 1 µm, 3000 kg/m³, Q_pr 1, 4000 K',
      3.2471156,
      beta(micrometre, 4000, 1, 3000),
      1e-6,
      {
        source: `${burns} (form); the original program`,
        sure: 'A',
      },
    ),
    ...sizes.map(([density, K, size]) =>
      near(
        `blowout.${density}.${K}`,
        `s_blow at ${K} K, ${density} kg/m³, Q_pr 1`,
        size,
        blowoutSize(K, density) / micrometre,
        1e-5,
        {
          unit: 'µm',
          source: 'β = ½',
          sure: 'A',
        },
      ),
    ),
    ...scalings(),
    ...[0.5, 0.9].map((e, i) =>
      near(
        `pericentre.${e}`,
        `released at pericentre of e = ${e}, 4000 K: s_blow/(1 − e)`,
        [12.988, 64.94][i],
        blowoutSize(4000, 3000) / (1 - e) / micrometre,
        1e-4,
        {
          unit: 'µm',
          source: 'β > (1 − e)/2; shown for scale, the model uses β > ½',
          sure: 'A',
        },
      ),
    ),
    near(
      'solar.beta',
      'the Sun in place of Mars: β of 1 µm, 1000 kg/m³, Q_pr 1',
      0.5742,
      beta(micrometre, T, 1, 1000),
      1e-3,
      { source: burns, sure: 'B' },
    ),
    near(
      'solar.size',
      'the Sun in place of Mars: s_blow, 2500 kg/m³',
      0.4594,
      blowoutSize(T, 2500) / micrometre,
      1e-3,
      { unit: 'µm', source: burns, sure: 'B' },
    ),
  ];
}

/** beta(s) of the shipped table, and of Q_pr = 1 as thin straight lines. */
function figure(params: MarsParams): Figure {
  const table = qprTable(params.efficiency);
  const s = logSpaced(1e-8, 1e-3, 241);
  const temperatures = [2000, 3000, 4000, 5000, 6000];
  const micrometres = s.map((size) => size / micrometre);
  const lines = temperatures.flatMap((T, i) => {
    const colour = sequence[i + 2];
    const real = s.map((size) => beta(size, T, radiationPressureEfficiency(table, size, T), params.density));
    const black = s.map((size) => beta(size, T, 1, params.density));
    return [
      { ...lineOf('', colour, micrometres, black, { dash: [2, 3], stroke: 0.8 }) },
      lineOf(`${T} K`, colour, micrometres, real),
    ];
  });
  const caption =
    'β over grain radius for five temperatures of Mars: forsterite (lines), Q_pr = 1 (dotted); grains above the dashed line at β = ½ are blown out.';
  return lineFigure('beta.svg', caption, [
    {
      title: 'Radiation pressure over gravity',
      x: logAxis(0.01, 1000, 6),
      xTitle: 's (µm)',
      y: logAxis(1e-3, 1e2, 6),
      yTitle: 'β',
      lines,
      level: 0.5,
    },
  ]);
}

export async function radiation(): Promise<Section> {
  const params = await quickstartParams('radiation.qpr_table_path=null', 'radiation.material=forsterite');
  return {
    id: 'radiation',
    title: 'Radiation pressure',
    text: 'A grain released on a circular orbit is unbound when β exceeds ½. All sizes are radii.',
    rows: rows(),
    figures: [figure(params)],
  };
}
