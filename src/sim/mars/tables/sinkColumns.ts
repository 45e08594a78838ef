import {
  type BulkState,
  bulkState,
  liquidFrom,
  particleTemperatureRatio,
  phaseState,
  vapourFrom,
} from '../phase.js';
import { absent } from '../unknowns.js';
import type { RowView } from './rowView.js';
import { float, type ValuedColumn, whole } from './valuedColumn.js';

/** q_abs where a configuration gives none. */
const usualAbsorption = 0.4;

const bulkCodes: readonly BulkState[] = ['solid_dominated', 'mixed', 'liquid_dominated'];

/** A ledger that a run may not have, kg m-2. */
function ledger(row: RowView, name: 'dragged' | 'escaped'): number {
  const at = row.disk.unknowns[name];
  return at === absent ? 0 : row.y[at];
}

const gates = (row: RowView) => row.rates.regulation?.gates;

/** Share of a process that its gates let through. */
function openness(
  name: string,
  meaning: string,
  of: 'blowout' | 'collisions' | 'sublimation' | 'supply',
): ValuedColumn {
  return float(name, '', `${meaning}, 1 = unhindered`, (row) => gates(row)?.[of] ?? 1);
}

/** Columns of series/run.parquet about phases, shielding and sinks. */
export const sinkColumns: readonly ValuedColumn[] = [
  float('kappa_surf', 'm2 kg-1', 'opacity of the grains present, without shielding', (row) => row.kappa),
  float('phi_used', '', 'shielding Phi', (row) => row.Phi),
  float(
    'T_p_effective',
    'K',
    'temperature that phase thresholds are compared with; without phases that of grains with q_abs = 0.4',
    ({ T, disk: { params } }) =>
      T * (params.phase?.temperatureRatio ?? particleTemperatureRatio(usualAbsorption, params.radius)),
  ),
  float('phase_f_vap', '', 'vapour fraction of the grains', (row) => row.vapourFraction),
  whole('phase_state', 'phase of the grains: 0 solid, 1 vapor', (row) =>
    phaseState(row.vapourFraction) === 'vapor' ? 1 : 0,
  ),
  whole('phase_bulk_state', '0 solid_dominated, 1 mixed, 2 liquid_dominated', (row) =>
    bulkCodes.indexOf(bulkState(row.vapourFraction)),
  ),
  whole('blowout_phase_allowed', '1 while the phase lets blow-out happen', (row) =>
    row.vapourFraction < (row.disk.params.blowout.anyPhase ? liquidFrom : vapourFrom) ? 1 : 0,
  ),
  whole('sublimation_blocked_by_phase', '1 while melt does not sublime', (row) =>
    row.disk.params.phase?.sublimesAsMelt === false && row.vapourFraction >= liquidFrom ? 1 : 0,
  ),
  whole('tau_gate_blocked', '1 while the optical depth holds blow-out back', (row) =>
    row.tau >= (row.disk.params.blowout.tauGate ?? Number.POSITIVE_INFINITY) ? 1 : 0,
  ),
  openness('blowout_open', 'share of blow-out that phase and optical depth let through', 'blowout'),
  openness('collisions_open', 'share of collisions that the phase lets through', 'collisions'),
  openness('sublimation_open', 'share of sublimation that the phase lets through', 'sublimation'),
  openness('supply_open', 'share of the supply that the phase lets through', 'supply'),
  float(
    'ds_dt_sublimation_raw',
    'm s-1',
    'change of grain radius by sublimation, whatever the phase',
    (row) => -row.rates.scheme.J / row.disk.params.density,
  ),
  float('dSigma_dt_hydro', 'kg m-2 s-1', 'rate of hydrodynamic escape', (row) => row.losses.escaping),
  float('dSigma_dt_gas_drag', 'kg m-2 s-1', 'rate of gas drag', (row) => row.losses.dragged),
  float(
    'M_loss_hydro',
    'M_Mars',
    'mass escaped as vapour since the start',
    (row) => ledger(row, 'escaped') * row.disk.toMarsMasses,
  ),
  float(
    'M_loss_gas_drag',
    'M_Mars',
    'mass dragged away by gas since the start',
    (row) => ledger(row, 'dragged') * row.disk.toMarsMasses,
  ),
  float('Sigma_escaped', 'kg m-2', 'ledger: mass escaped as vapour since the start', (row) =>
    ledger(row, 'escaped'),
  ),
  float('Sigma_dragged', 'kg m-2', 'ledger: mass dragged away by gas since the start', (row) =>
    ledger(row, 'dragged'),
  ),
];
