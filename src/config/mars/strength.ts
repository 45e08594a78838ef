import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';

type Coefficients = [number, number, number, number];

/** Built-in basalt: Qs, a_s, B, b_g by reference speed in km/s (physics.md section f; after Benz & Asphaug 1999). */
const basalt: readonly (readonly [number, Coefficients])[] = [
  [1, [3.5e7, 0.38, 0.14689007046000738, 1.36]],
  [2, [3.5e7, 0.38, 0.23049522684371007, 1.36]],
  [3, [3.5e7, 0.38, 0.3, 1.36]],
  [4, [5.25e7, 0.38, 0.4, 1.36]],
  [5, [7e7, 0.38, 0.5, 1.36]],
  [6, [7e7, 0.38, 0.5629085099123813, 1.36]],
  [7, [7e7, 0.38, 0.6222332685311813, 1.36]],
];

const inactive = ['Qs', 'a_s', 'B', 'b_g', 'v_ref_kms', 'coeff_table'] as const;

function fromTable(settings: Settings, table: Record<string, Coefficients>): [number, Coefficients][] {
  const rows = Object.entries(table).map(([speed, row]): [number, Coefficients] => [
    Number(speed),
    [...row] as Coefficients,
  ]);
  const bad = rows.findIndex(([speed]) => !(speed > 0 && Number.isFinite(speed)));
  if (bad >= 0)
    settings.refuse(
      'qstar.coeff_table',
      `qstar.coeff_table: the speed ${Object.keys(table)[bad]} must be a number > 0 [km/s]`,
    );
  if (rows.length === 0)
    settings.refuse('qstar.coeff_table', 'qstar.coeff_table is empty: give at least one speed');
  rows.sort(([a], [b]) => a - b);
  const twice = rows.findIndex(([speed], i) => i > 0 && speed === rows[i - 1]![0]);
  if (twice >= 0)
    settings.refuse('qstar.coeff_table', `qstar.coeff_table: the speed ${rows[twice]![0]} occurs twice`);
  return rows;
}

function fromFour(settings: Settings): [number, Coefficients][] {
  const need = (name: string) =>
    settings.number(`qstar.${name}`, 'is required with qstar.override_coeffs true and no qstar.coeff_table');
  const scale = settings.number('qstar.coeff_scale');
  const row: Coefficients = [need('Qs') * scale, need('a_s'), need('B') * scale, need('b_g')];
  const given = settings.value('qstar.v_ref_kms');
  if (given === null)
    settings.refuse(
      'qstar.v_ref_kms',
      'qstar.v_ref_kms is required with qstar.override_coeffs true and no qstar.coeff_table',
    );
  const speeds = [given ?? []].flat() as number[];
  const unsorted = speeds.findIndex((speed, i) => i > 0 && speed <= speeds[i - 1]!);
  if (unsorted >= 0) settings.refuseValue('qstar.v_ref_kms', 'must ascend');
  return speeds.map((speed) => [speed, [...row] as Coefficients]);
}

/** Strength of the grains by impact speed. */
export function strength(settings: Settings): MarsParams['strength'] {
  const table = settings.value('qstar.coeff_table') as Record<string, Coefficients> | null;
  let rows: readonly (readonly [number, Coefficients])[];
  if (!settings.flag('qstar.override_coeffs')) {
    rows = basalt;
    for (const name of inactive.filter((one) => settings.given(`qstar.${one}`))) {
      settings.warn(
        `qstar.${name} is not used: qstar.override_coeffs is false, so the built-in basalt coefficients hold`,
      );
    }
  } else {
    rows = table !== null ? fromTable(settings, table) : fromFour(settings);
  }
  return {
    units: settings.text('qstar.coeff_units'),
    velocities: rows.map(([speed]) => speed),
    coefficients: rows.map(([, row]) => [...row] as Coefficients),
    muGrav: settings.number('qstar.mu_grav'),
  };
}
