import type { Conserved, Figure, Status } from '../model.js';
import { year } from './constants.js';
import { type Disk, diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import { type MarsState, never } from './state.js';
import { stopReasons } from './stops.js';
import { closureLimit } from './tables/budgetColumns.js';
import { boundOpticalDepth, lostMass, massError, opticalDepth, surfaceDensity } from './totals.js';

export function statusOf(state: MarsState, params: MarsParams): Status {
  const disk = diskOf(params);
  const { time, y } = state;
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
      figure('M_loss', 'M_Mars', lostMass(disk, y) * disk.toMarsMasses),
      figure('mass_error', '', massError(disk, time, y)),
    ],
    notes: [...thickness(state, tau), ...blowoutEnd(disk, T)],
  };
}

function figure(name: string, unit: string, value: number): Figure {
  return { name, unit, value: Number.isFinite(value) ? value : null };
}

function thickness(state: MarsState, tau: number): string[] {
  const found: string[] = [];
  if (state.thickBoundAt !== never) {
    found.push(`optically thin picture left: tau_bound passed 1 at t = ${duration(state.thickBoundAt)}`);
  }
  if (state.thickAt !== never) {
    const now = tau > 1 ? `tau is ${Number(tau.toPrecision(3))}` : 'it is below 1 again';
    found.push(
      `tau first passed 1 at t = ${duration(state.thickAt)}, ${now}: blow-out without shielding is outside its range there`,
    );
  }
  return found;
}

/** Without blow-out whatever is supplied stays in the ring: nobody should take the pile for a result. */
function blowoutEnd(disk: Disk, T: number): string[] {
  const { blowout, sizes } = disk.params;
  if (!blowout.enabled || disk.blowoutRoot.at(T) > sizes.min) return [];
  return [
    `blow-out has ended: at T_M = ${T.toPrecision(4)} K no grain of s_min = ${sizes.min} m or larger is unbound, and what is supplied stays`,
  ];
}

/** A time for people: seconds, days or years. */
function duration(seconds: number): string {
  const [value, unit] =
    seconds < 86400 ? [seconds, 's'] : seconds < year ? [seconds / 86400, 'd'] : [seconds / year, 'yr'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

export function conservedOf(state: MarsState, params: MarsParams): readonly Conserved[] {
  const error = Math.max(state.largestMassError, massError(diskOf(params), state.time, state.y));
  return [{ name: 'mass', error, limit: closureLimit }];
}
