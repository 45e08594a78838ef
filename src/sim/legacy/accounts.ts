import { accountingGate } from '../mars/sinkTimes.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';

/** k10 and k16: the books as the original keeps them, and beside them what has happened. */
export function account(disk: LegacyDisk, state: LegacyState, frame: Frame): void {
  const { dt, toMarsMasses: toMM, params } = disk;
  const { covered, outflux } = frame;
  const sinkRate = frame.external + frame.sublimation;
  let blow = outflux * covered;
  let sink = sinkRate * covered;
  if (frame.collide && covered >= dt) {
    // The state has seen the whole step: what is missing from the balance counts as lost.
    const total = Math.max(frame.before + frame.applied * dt - state.sigma, 0);
    const rates = outflux + sinkRate;
    sink = rates > 0 ? total * (sinkRate / rates) : 0;
    blow = total - sink;
  }
  if (!frame.blow) blow = 0;
  gate(disk, state, frame);
  const drifted = frame.drifted * toMM;
  const asBlowout = params.sublimation?.massConserving === true;
  // Over the whole step, although the state has moved on by `covered` only (Z3).
  const inStep = frame.collide ? frame.sublimation * dt * toMM : 0;
  const others = Math.max(sink * toMM - inStep, 0);
  frame.blown = blow * frame.gateFactor * toMM + (asBlowout ? drifted : 0);
  frame.sublimed =
    inStep + (asBlowout ? 0 : drifted) + (frame.countsAsSublimation && !frame.escapes ? others : 0);
  frame.escaped = frame.escapes ? others : 0;
  frame.sunk = others + inStep + (asBlowout ? 0 : drifted);
  state.blown += frame.blown;
  state.sunk += frame.sunk;
  state.sublimed += frame.sublimed;
  state.escaped += frame.escaped;
  state.covered += covered;
  state.movedIn += frame.applied * covered;
  state.movedOut += (outflux + sinkRate) * covered + frame.drifted;
}

/** Factor t_solid/(t_solid + t_blow) of the books alone. */
function gate(disk: LegacyDisk, state: LegacyState, frame: Frame): void {
  const { gate: kind } = disk.params.blowout;
  frame.gateFactor = 1;
  if (kind === undefined) return;
  frame.solidTime =
    kind === 'sublimation_competition'
      ? state.effective / Math.abs(frame.shrink)
      : disk.params.lineOfSight / (disk.Omega * frame.tau);
  if (frame.blow && frame.solidTime > 0) frame.gateFactor = accountingGate(frame.solidTime, disk.blowoutTime);
}

/** Loss rates as they are recorded, kg m-2 s-1. */
export const recordedOutflux = (frame: Frame) => frame.outflux * frame.gateFactor * frame.fastFactor;
export const recordedSinks = (frame: Frame, dt: number) =>
  frame.external + frame.sublimation + frame.drifted / dt;
