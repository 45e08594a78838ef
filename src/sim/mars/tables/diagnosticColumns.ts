import { marsRadius, stefanBoltzmann } from '../constants.js';
import { lostMass, surfaceDensity } from '../totals.js';
import type { RowView } from './rowView.js';
import { step, time } from './runColumns.js';
import { float, type ValuedColumn } from './valuedColumn.js';

/** Flux of Mars' radiation at the ring, W m-2. */
function flux({ T, disk }: RowView): number {
  const dilution = marsRadius / disk.params.radius;
  return stefanBoltzmann * T * T * T * T * dilution * dilution;
}

/** Centre of the bin with the most mass per size, m. */
function peakSize({ y, disk }: RowView): number {
  const { bins, widths, sizes } = disk.grid;
  const { firstBin } = disk.measures;
  const perSize = (k: number) => y[firstBin + k] / widths[k];
  let peak = 0;
  for (let k = 1; k < bins; k++) if (perSize(k) > perSize(peak)) peak = k;
  return sizes[peak];
}

/** Change of a ledger over the step in which the row lies, kg m-2. */
const inStep = ({ around }: RowView, ledger: number) => around.after[ledger] - around.before[ledger];

/** Columns of series/diagnostics.parquet, names as in the original; what the step did is said of the whole step in which the row lies. */
export const diagnosticColumns: readonly ValuedColumn[] = [
  step,
  time,
  float('dt', 's', 'length of the step in which the row lies', (row) => row.around.length),
  float('T_M_used', 'K', 'surface temperature of Mars', (row) => row.T),
  float('F_abs_geom', 'W m-2', "flux of Mars' radiation at the ring, sigma T_M^4 (R_Mars/r)^2", flux),
  float('F_abs', 'W m-2', 'the same times Q_pr at s_min', (row) => flux(row) * row.Q),
  float('sigma_surf', 'kg m-2', 'surface density', (row) => row.Sigma),
  float('kappa', 'm2 kg-1', 'opacity of the grains present', (row) => row.kappa),
  float('tau', '', 'line-of-sight optical depth of all grains', (row) => row.tau),
  float('tau_vertical', '', 'optical depth without the line-of-sight factor', (row) => row.kappa * row.Sigma),
  float('s_peak', 'm', 'centre of the bin with the most mass per size', peakSize),
  float('area_m2', 'm2', 'area of the ring', (row) => row.disk.params.area),
  float('M_out_cum', 'M_Mars', 'mass blown out since the start', (row) => row.B * row.disk.toMarsMasses),
  float('M_sink_cum', 'M_Mars', 'mass lost by sinks since the start', (row) => row.V * row.disk.toMarsMasses),
  float(
    'M_loss_cum',
    'M_Mars',
    'mass lost since the start',
    (row) => (row.B + row.V) * row.disk.toMarsMasses,
  ),
  float(
    'mass_loss_surface_solid_step',
    'M_Mars',
    'mass blown out in the step',
    (row) => inStep(row, row.disk.unknowns.blownOut) * row.disk.toMarsMasses,
  ),
  float('smol_dt_eff', 's', 'time that the step covers: all of dt', (row) => row.around.length),
  float('smol_sigma_before', 'kg m-2', 'surface density at the start of the step', (row) =>
    surfaceDensity(row.disk, row.around.before),
  ),
  float('smol_sigma_after', 'kg m-2', 'surface density at the end of the step', (row) =>
    surfaceDensity(row.disk, row.around.after),
  ),
  float(
    'smol_sigma_loss',
    'kg m-2',
    'mass lost in the step',
    ({ disk, around }) => lostMass(disk, around.after) - lostMass(disk, around.before),
  ),
  float(
    'smol_extra_mass_loss_rate',
    'kg m-2 s-1',
    'loss rate, blow-out and sinks',
    (row) => row.blown + row.sinking,
  ),
  float(
    'smol_mass_budget_delta',
    'kg m-2',
    'what was created or destroyed since the start: closure of the budget',
    (row) => row.massDifference,
  ),
  float('smol_mass_error', '', 'relative closure of the budget', (row) => row.massError),
];
