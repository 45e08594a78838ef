import type { SegmentResult } from '../activities/contract.js';
import type { Carry, Engine, Restart } from './messages.js';

/** Restarts that are kept by name: the books travel from history to history and must not grow with the length of a run. */
const restartsKept = 100;
/** Likewise changes of the engine. */
const enginesKept = 20;

/** The books of a run at its beginning. */
export const emptyBooks: Carry = {
  segment: 0,
  time: 0,
  steps: 0,
  done: false,
  rows: [],
  manifest: null,
  pending: [],
  restartCount: 0,
  restarts: [],
};

/** The books after an accepted segment. */
export function accept(carry: Carry, result: SegmentResult): Carry {
  const next: Carry = {
    ...carry,
    segment: carry.segment + 1,
    time: result.status.time,
    steps: result.status.steps,
    done: result.status.done,
    rows: result.rows,
    pending: [...carry.pending, result.record],
    ...(result.engine === undefined ? {} : { engines: withEngine(carry, result.engine) }),
  };
  if (result.attempt === 1) return next;
  return withRestart(next, {
    segment: carry.segment,
    cause: `segment needed ${result.attempt} attempts`,
  });
}

/** Of very many changes only the latest stay, and the first engine. */
function withEngine({ engines = [], segment }: Carry, fingerprint: string): readonly Engine[] {
  if (engines.at(-1)?.fingerprint === fingerprint) return engines;
  const all = [...engines, { segment, fingerprint }];
  return all.length <= enginesKept ? all : [all[0]!, ...all.slice(1 - enginesKept)];
}

/** The books with one more restart; of very many only the latest stay by name. */
export function withRestart(carry: Carry, restart: Restart): Carry {
  return {
    ...carry,
    restartCount: carry.restartCount + 1,
    restarts: [...carry.restarts, restart].slice(-restartsKept),
  };
}
