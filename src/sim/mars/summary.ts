import { beta, betaThreshold } from './blowout.js';
import { year } from './constants.js';
import { diskOf } from './disk.js';
import { radiationPressureEfficiency } from './efficiency.js';
import type { MarsParams } from './params.js';
import { shieldingFactor, unitDepthDensity } from './shielding.js';
import { extremaNames, type MarsState, never } from './state.js';
import { stopReasons } from './stops.js';
import { furtherSummary } from './summaryFurther.js';
import { phaseSummary } from './summaryPhases.js';
import { supplySummary } from './supply/summary.js';
import {
  boundOpticalDepth,
  massError,
  massSupplied,
  opticalDepth,
  sunkMass,
  surfaceDensity,
} from './totals.js';
import { absent } from './unknowns.js';

/** A value of summary.json: finite, or null. */
export type SummaryValue = number | string | boolean | null;

/**
 * The results of a run, under the names of the original's summary.json where the quantity exists there (physics.md l). SI units; masses
 * in Mars masses unless the name says kg_m2.
 */
export function summaryOf(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const summary: Record<string, SummaryValue> = {
    ...losses(state, params),
    ...sizesAndOptics(state, params),
    ...course(state, params),
    ...furtherSummary(state, params),
    ...phaseSummary(state, params),
  };
  for (const [name, value] of Object.entries(summary)) {
    if (typeof value === 'number' && !Number.isFinite(value)) summary[name] = null;
  }
  return summary;
}

function losses(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const disk = diskOf(params);
  const { time, y } = state;
  const B = y[disk.unknowns.blownOut];
  const V = y[disk.unknowns.sublimed];
  const sunk = sunkMass(disk, y);
  const { dragged, escaped } = disk.unknowns;
  const P = massSupplied(disk, time, y);
  const toMM = disk.toMarsMasses;
  return {
    M_loss: (B + sunk) * toMM,
    M_loss_rp_mars: B * toMM,
    M_loss_from_sinks: sunk * toMM,
    M_loss_from_sublimation: V * toMM,
    M_out_cum: B * toMM,
    M_sink_cum: sunk * toMM,
    M_loss_hydro_escape: ledger(y, escaped) * toMM,
    M_loss_gas_drag: ledger(y, dragged) * toMM,
    mass_initial: disk.initialTotal * toMM,
    mass_supplied: P * toMM,
    mass_remaining: surfaceDensity(disk, y) * toMM,
    Sigma_blown_out_kg_m2: B,
    Sigma_sublimed_kg_m2: V,
    Sigma_supplied_kg_m2: P,
    mass_error: massError(disk, time, y),
    mass_budget_max_error_percent: 100 * state.largestMassError,
  };
}

/** A ledger that a run may not have. */
const ledger = (y: Float64Array, at: number) => (at === absent ? 0 : y[at]);

function sizesAndOptics(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const disk = diskOf(params);
  const { time, y, extrema } = state;
  const { min } = params.sizes;
  const T0 = disk.cooling.at(0);
  const T = disk.cooling.at(time);
  const Q0 = radiationPressureEfficiency(disk.table, min, T0);
  const Q = radiationPressureEfficiency(disk.table, min, T);
  const a = disk.blowoutRoot.at(T);
  const last = [T, a, beta(min, T, Q, params.density), opticalDepth(disk, y)];
  const beta0 = beta(min, T0, Q0, params.density);
  const summary: Record<string, SummaryValue> = {};
  extremaNames.forEach((name, i) => {
    summary[`${name}_min`] = extrema[2 * i];
    summary[`${name}_max`] = extrema[2 * i + 1];
    summary[`${name}_last`] = last[i];
  });
  return {
    ...summary,
    case_status: params.blowout.enabled ? (beta0 >= betaThreshold ? 'blowout' : 'ok') : 'no_blowout',
    s_blow_m: a,
    s_blow_m_initial: disk.blowoutRoot.at(T0),
    s_min_config: min,
    beta_at_smin_config: beta0,
    beta_threshold: betaThreshold,
    chi_blow_eff: disk.chi,
    t_blow_s: disk.blowoutTime,
    Q_pr_at_smin: Q,
    kappa_surf_initial: disk.opacity0,
    sigma_surf_initial: disk.initialTotal,
    Sigma_surf: surfaceDensity(disk, y),
    Sigma_tau1_initial: startUnitDepth(params),
    ...supplySummary(disk, state),
    tau_bound_last: boundOpticalDepth(disk, y, a),
    T_M_initial: T0,
    T_M_final: T,
  };
}

/** Surface density at tau = 1 at the start, without line-of-sight factor, kg m-2. */
function startUnitDepth(params: MarsParams): number {
  const { opacity0, initialTotal } = diskOf(params);
  const opacity = shieldingFactor(params.shielding, params.tau0) * opacity0;
  return unitDepthDensity(params.shielding, opacity, { opacity, density: initialTotal });
}

/** How the run went. */
function course(state: MarsState, params: MarsParams): Record<string, SummaryValue> {
  const { end } = diskOf(params);
  const done = state.stop !== 0;
  return {
    stop_reason: stopReasons[state.stop],
    stop_time_s: done ? state.time : null,
    time_end_planned_s: end.time,
    analysis_window_years_actual: state.time / year,
    orbits_completed: Math.floor((state.time * diskOf(params).Omega) / (2 * Math.PI)),
    tau_bound_above_1_since_s: state.thickBoundAt === never ? null : state.thickBoundAt,
    tau_above_1_since_s: state.thickAt === never ? null : state.thickAt,
    n_steps: state.steps,
    n_steps_rejected: state.rejected,
    n_rows: state.rows,
  };
}
