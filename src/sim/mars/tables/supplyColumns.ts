import { deepMass } from '../totals.js';
import type { RowView } from './rowView.js';
import { alias, float, type ValuedColumn } from './valuedColumn.js';

const none = Number.NaN;

/** What is left in the reservoir, kg m-2; NaN without one. */
function remaining({ disk, P }: RowView): number {
  const { reservoir } = disk.supply;
  return reservoir === null ? none : Math.max(reservoir.mass - P, 0);
}

/** What goes into the deep buffer, kg m-2 s-1. */
const intoDeep = (row: RowView) => (row.disk.supply.drain === null ? 0 : row.deliveredSupply);

/** What comes out of it. */
const outOfDeep = (row: RowView) => (row.disk.supply.drain === null ? 0 : row.surfaceSupply);

const nominal = float(
  'supply_rate_nominal',
  'kg m-2 s-1',
  'rate by the law of time (mixed; by the table over T_M where that gives the rate), before scales and reservoir',
  (row) => row.rates.supplied.nominal,
);
const scaled = float(
  'supply_rate_scaled',
  'kg m-2 s-1',
  'rate that is delivered: after coupling to T_M, feedback and reservoir',
  (row) => row.deliveredSupply,
);
const applied = float(
  'supply_rate_applied',
  'kg m-2 s-1',
  'rate that reaches the surface: what is delivered, or what the deep buffer gives',
  (row) => row.surfaceSupply,
);
const toDeep = float('prod_rate_into_deep', 'kg m-2 s-1', 'rate into the deep buffer', intoDeep);
const fromDeep = float(
  'deep_to_surf_flux',
  'kg m-2 s-1',
  'rate from the deep buffer to the surface',
  outOfDeep,
);

/** Columns of series/run.parquet about the supply (physics.md l). NaN where a run does not have what they are about. */
export const supplyColumns: readonly ValuedColumn[] = [
  nominal,
  scaled,
  applied,
  alias('prod_rate_raw', nominal),
  alias('prod_subblow_area_rate_raw', nominal),
  alias('prod_rate_applied_to_surf', applied),
  toDeep,
  alias('prod_rate_diverted_to_deep', toDeep),
  fromDeep,
  alias('deep_to_surf_flux_applied', fromDeep),
  float('sigma_deep', 'kg m-2', 'mass in the deep buffer', (row) => deepMass(row.disk, row.y)),
  float(
    'supply_visibility_factor',
    '',
    'supply_rate_applied over supply_rate_nominal; NaN while the law supplies nothing',
    (row) => (row.rates.supplied.nominal > 0 ? row.surfaceSupply / row.rates.supplied.nominal : none),
  ),
  float('supply_temperature_scale', '', 'factor of the supply by T_M; NaN without that coupling', (row) =>
    row.disk.supply.factor === null || row.disk.supply.factor.isRate
      ? none
      : row.rates.supplied.temperatureScale,
  ),
  float(
    'supply_feedback_scale',
    '',
    'factor of the supply by the feedback on optical depth; NaN without feedback',
    (row) => (row.disk.supply.feedback === null ? none : row.rates.supplied.feedbackScale(row.y)),
  ),
  float('supply_feedback_error', '', '(target - tau)/target of the feedback; NaN without feedback', (row) =>
    row.disk.supply.feedback === null ? none : 1 - row.tau / row.disk.supply.feedback.target,
  ),
  float(
    'supply_reservoir_remaining_Mmars',
    'M_Mars',
    'mass left to supply; NaN without a reservoir',
    (row) => remaining(row) * row.disk.toMarsMasses,
  ),
  float(
    'supply_reservoir_fraction',
    '',
    'share of the reservoir that is left; NaN without one',
    (row) => remaining(row) / (row.disk.supply.reservoir?.mass ?? none),
  ),
];
