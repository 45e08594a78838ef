import type { Conserved, Figure, Status } from '../model.js';
import { closureLimit } from './columns.js';
import { year } from './constants.js';
import { diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import { blownOut, sublimed } from './rates.js';
import { type MarsState, never } from './state.js';
import { stopReasons } from './stops.js';
import { boundOpticalDepth, massError, opticalDepth, surfaceDensity } from './totals.js';

export function statusOf(state: MarsState, params: MarsParams): Status {
  const disk = diskOf(params);
  const { time, y } = state;
  const { bins } = disk.grid;
  const T = disk.cooling.at(time);
  const tau = opticalDepth(disk, y);
  return {
    time,
    end: disk.end.time,
    steps: state.steps,
    done: state.stop !== 0,
    stopReason: stopReasons[state.stop],
    figures: [
      figure('T_M', 'K', T),
      figure('Sigma_surf', 'kg m-2', surfaceDensity(disk, y)),
      figure('tau', '', tau),
      figure('tau_bound', '', boundOpticalDepth(disk, y, disk.blowoutRoot.at(T))),
      figure('M_loss', 'M_Mars', (y[bins + blownOut] + y[bins + sublimed]) * disk.toMarsMasses),
      figure('mass_error', '', massError(disk, time, y)),
    ],
    notes: notes(state, tau),
  };
}

function figure(name: string, unit: string, value: number): Figure {
  return { name, unit, value: Number.isFinite(value) ? value : null };
}

function notes(state: MarsState, tau: number): string[] {
  const found: string[] = [];
  if (state.thickBoundAt !== never) {
    found.push(`optically thin picture left: tau_bound passed 1 at t = ${duration(state.thickBoundAt)}`);
  }
  if (state.thickAt !== never) {
    const now = tau > 1 ? `tau is ${tau.toPrecision(3)}` : 'it is below 1 again';
    found.push(
      `tau first passed 1 at t = ${duration(state.thickAt)}, ${now}: blow-out without shielding is outside its range there`,
    );
  }
  return found;
}

/** A time for people: seconds, days or years. */
function duration(seconds: number): string {
  if (seconds < 86400) return `${seconds.toPrecision(4)} s`;
  return seconds < year ? `${(seconds / 86400).toPrecision(4)} d` : `${(seconds / year).toPrecision(4)} yr`;
}

export function conservedOf(state: MarsState, params: MarsParams): readonly Conserved[] {
  const error = Math.max(state.largestMassError, massError(diskOf(params), state.time, state.y));
  return [{ name: 'mass', error, limit: closureLimit }];
}
