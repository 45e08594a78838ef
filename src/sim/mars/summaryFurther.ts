import type { Meaning } from '../model.js';
import { beta } from './blowout.js';
import { year } from './constants.js';
import type { Cooling } from './cooling.js';
import { type Disk, diskOf } from './disk.js';
import { radiationPressureEfficiency } from './efficiency.js';
import type { MarsParams } from './params.js';
import { shieldingFactor } from './shielding.js';
import type { MarsState } from './state.js';
import { stopReasons } from './stops.js';
import type { SummaryValue } from './summary.js';
import { place, processes, result, type SummaryResult } from './summaryResult.js';
import { boundOpticalDepth, opticalDepth, sunkMass } from './totals.js';

/** What a run has come to, as its further results see it. */
interface End {
  readonly state: MarsState;
  readonly params: MarsParams;
  readonly disk: Disk;
  /** Temperature of Mars at the end, and its median over time, K. */
  readonly T: number;
  readonly middle: number;
}

type Result = SummaryResult<End>;

/** Moments at which the temperature is looked at for its median. */
const looks = 1001;

/** The temperature below which Mars was half of the time so far, K. */
function medianTemperature(cooling: Cooling, time: number): number {
  const seen = Float64Array.from({ length: looks }, (_, i) => cooling.at(((i + 0.5) / looks) * time));
  return seen.sort()[(looks - 1) / 2];
}

/** Mass lost per orbit, mean over the run, M_Mars. @param lost since the start, kg m-2 */
function perOrbit({ state, disk }: End, lost: number): number {
  const orbits = (state.time * disk.Omega) / (2 * Math.PI);
  return (lost * disk.toMarsMasses) / orbits;
}

const blown = ({ disk, state }: End) => state.y[disk.unknowns.blownOut];
const sunk = ({ disk, state }: End) => sunkMass(disk, state.y);
const Q = ({ disk }: End, s: number, T: number) => radiationPressureEfficiency(disk.table, s, T);
const isEarly = ({ state }: End) => state.stop > 1;

function depthAtStart({ disk, params }: Pick<End, 'disk' | 'params'>): number {
  return params.lineOfSight * disk.opacity0 * disk.initialTotal;
}

/** More of what the original's summary.json says (physics.md l): constants of the ring, means per orbit, medians over time. */
const results: readonly Result[] = [
  result('M_out_mean_per_orbit', 'M_Mars', 'mass blown out per orbit, mean over the run', (end) =>
    perOrbit(end, blown(end)),
  ),
  result('M_sink_mean_per_orbit', 'M_Mars', 'mass lost by sinks per orbit, mean over the run', (end) =>
    perOrbit(end, sunk(end)),
  ),
  result('M_loss_mean_per_orbit', 'M_Mars', 'mass lost per orbit, mean over the run', (end) =>
    perOrbit(end, blown(end) + sunk(end)),
  ),
  result('T_M_median', 'K', 'median over time of the surface temperature of Mars', ({ middle }) => middle),
  result('a_blow_median', 'm', 'blow-out size at T_M_median', ({ disk, middle }) =>
    disk.blowoutRoot.at(middle),
  ),
  result('beta_at_smin_median', '', 'radiation pressure over gravity at s_min, at T_M_median', (end) => {
    const { sizes, density } = end.params;
    return beta(sizes.min, end.middle, Q(end, sizes.min, end.middle), density);
  }),
  result(
    'beta_at_smin_min',
    '',
    'smallest radiation pressure over gravity at s_min (same as beta_min)',
    ({ state }) => state.extrema[4],
  ),
  result(
    'beta_at_smin_max',
    '',
    'largest radiation pressure over gravity at s_min (same as beta_max)',
    ({ state }) => state.extrema[5],
  ),
  result('Q_pr_blow', '', 'Planck-mean Q_pr at the blow-out size, at the end', (end) =>
    Q(end, end.disk.blowoutRoot.at(end.T), end.T),
  ),
  result('s_blow_m_effective', 'm', 'larger of blow-out size and s_min, at the end', ({ disk, params, T }) =>
    Math.max(disk.blowoutRoot.at(T), params.sizes.min),
  ),
  result(
    'Sigma_surf0',
    'kg m-2',
    'surface density at the start (same as sigma_surf_initial)',
    ({ disk }) => disk.initialTotal,
  ),
  result('tau_initial', '', 'line-of-sight optical depth of all grains at the start', depthAtStart),
  result(
    'kappa_eff_initial',
    'm2 kg-1',
    'opacity of the grains at the start, shielded by Phi',
    ({ disk, params }) => shieldingFactor(params.shielding, depthAtStart({ disk, params })) * disk.opacity0,
  ),
  result('dt_over_t_blow_mean', '', 'mean length of a step over the blow-out time', ({ disk, state }) =>
    state.steps === 0 ? null : state.time / state.steps / disk.blowoutTime,
  ),
  result(
    'stop_tau_los',
    '',
    'shielded line-of-sight optical depth of bound grains that ended the run; null where none did',
    ({ disk, params, state, T }) => {
      if (stopReasons[state.stop] !== 'tau_exceeded') return null;
      const { y } = state;
      const bound = boundOpticalDepth(disk, y, disk.blowoutRoot.at(T));
      return shieldingFactor(params.shielding, opticalDepth(disk, y)) * bound;
    },
  ),
  ...place,
  result('e_kernel_used', '', 'eccentricity of the collision kernel', ({ params }) => params.eccentricity),
  result('i_kernel_used', 'rad', 'inclination of the collision kernel', ({ params }) => params.inclination),
  result('v_rel_m_s', 'm s-1', 'impact speed', ({ disk }) => disk.relativeSpeed),
  ...processes,
  result('analysis_window_years', 'yr', 'model time of the planned end', ({ disk }) => disk.end.time / year),
  result('early_stop_reason', '', 'why the run ended before its time', (end) =>
    isEarly(end) ? stopReasons[end.state.stop] : null,
  ),
  result('early_stop_time_s', 's', 'when the run ended before its time', (end) =>
    isEarly(end) ? end.state.time : null,
  ),
];

export function furtherSummary(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const disk = diskOf(params);
  const T = disk.cooling.at(state.time);
  const end = { state, params, disk, T, middle: medianTemperature(disk.cooling, state.time) };
  return Object.fromEntries(results.map(({ name, value }) => [name, value(end)]));
}

export const furtherMeanings: Readonly<Record<string, Meaning>> = Object.fromEntries(
  results.map(({ name, unit, meaning }) => [name, { unit, meaning }]),
);
