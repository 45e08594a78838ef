import type { Conserved, Figure, Readable, Status } from '../model.js';
import { legacyDisk } from './disk.js';
import type { LegacyParams } from './params.js';
import { tolerancePercent } from './rows.js';
import { type LegacyState, legacyStops } from './state.js';

export function timeOf(state: LegacyState, params: LegacyParams): number {
  return state.steps * legacyDisk(params).dt;
}

export function statusOf(state: LegacyState, params: LegacyParams): Status {
  const disk = legacyDisk(params);
  const time = timeOf(state, params);
  return {
    time,
    end: params.stops.end,
    steps: state.steps,
    done: state.stop !== 0,
    stopReason: legacyStops[state.stop],
    figures: [
      figure('T_M', 'K', disk.climate(time)),
      figure('Sigma_surf', 'kg m-2', state.sigma),
      figure('tau', '', state.opacity * state.sigma * params.lineOfSight),
      figure('M_loss', 'M_Mars', state.blown + state.sunk),
      figure('covered_fraction', '', coveredFraction(state, time)),
    ],
    notes: frozen(state, time),
  };
}

export function coveredFraction(state: LegacyState, time: number): number {
  return state.steps === 0 ? 1 : state.covered / time;
}

/** Below this the clock says something else than the state. */
const nearlyAll = 0.999;

function frozen(state: LegacyState, time: number): string[] {
  const share = coveredFraction(state, time);
  if (share >= nearlyAll) return [];
  return [
    `the state has moved on by ${Number(share.toPrecision(3))} of the time that the clock shows: the original's steps cover a tenth of the shortest collision time (Z1)`,
  ];
}

function figure(name: string, unit: string, value: number): Figure {
  return { name, unit, value: Number.isFinite(value) ? value : null };
}

/** Mass is not conserved here: what is held is the limit that the original sets to the error of one step. */
export function conservedOf(state: LegacyState): readonly Conserved[] {
  return [{ name: 'mass, within a step', error: state.largestError, limit: tolerancePercent / 100 }];
}

/** A state under the names of the original's checkpoints; SI units, masses in Mars masses. */
export function readableOf(state: LegacyState, params: LegacyParams): Record<string, Readable> {
  const { grid, climate } = legacyDisk(params);
  const time = timeOf(state, params);
  return {
    step_no: state.steps,
    time,
    sigma_surf: state.sigma,
    sigma_deep: state.deep,
    s_min_effective: state.effective,
    s_min_floor_dynamic: state.floor,
    T_M_current: climate(time),
    M_loss_cum: state.blown,
    M_sink_cum: state.sunk,
    M_sublimation_cum: state.sublimed,
    time_covered: state.covered,
    psd_state: {
      sizes: [...state.sizes],
      widths: [...grid.widths],
      edges: [...grid.edges],
      number: [...state.number],
      s_min: state.smallest,
    },
    // Nothing in this model is drawn at random.
    rng_state: null,
  };
}
