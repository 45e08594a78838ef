/**
 * Points in the life of a worker that tests hold on to. Nothing in the product sets them: only the tests' worker bootstrap does, before it
 * starts the command line, to place its kills by step or event.
 */
import type { EventName } from '../activities/dependencies.js';
import type { RecoveryInterval, SegmentTask, SharedTask } from '../activities/segmentTask.js';
import type { RunPolicy } from '../workflows/messages.js';
import type { SweepPolicy } from '../workflows/sweepMessages.js';

export interface Hooks {
  /** May kill the process; must return quickly otherwise. `hold` at a step: the thread waits there until its segment is ended. */
  readonly onEvent: (
    name: EventName | 'step' | 'recovery-written',
    detail: Readonly<Record<string, unknown>>,
  ) => 'hold' | undefined;
  /** Step of this segment at which the thread shall wait for `onEvent('step')` to return; null: none. */
  readonly haltAtStep: (task: SegmentTask | SharedTask) => number | null;
  /** Thresholds of temporal.config.ts that a test lowers, so that a short run reaches them. */
  readonly policy: Partial<RunPolicy>;
  readonly sweepPolicy: Partial<SweepPolicy>;
  /** Fingerprint that the engine shall pretend to have; null: its own. */
  readonly engine: string | null;
  /** When recovery files are written, in place of temporal.config.ts; null: as there. */
  readonly recovery: RecoveryInterval | null;
  /** Module of the compute threads that a test puts in place of the product's, to bring a model of its own; null: the product's. */
  readonly threadModule: string | null;
  /** The SDK's worker, before it runs. */
  readonly onWorker: (worker: unknown) => void;
}

export let hooks: Hooks = {
  onEvent: () => undefined,
  haltAtStep: () => null,
  policy: {},
  sweepPolicy: {},
  engine: null,
  recovery: null,
  threadModule: null,
  onWorker: () => {},
};

export function setHooks(next: Hooks): void {
  hooks = next;
}
