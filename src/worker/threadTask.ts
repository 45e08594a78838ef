import type { MessagePort } from 'node:worker_threads';
import { asValue, type ThreadFailure } from './segmentFailure.js';

/** What a task of a compute thread carries beside its work, so that the worker's own thread can follow and end it. */
export interface Attended {
  readonly gate: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** How often a thread says how far it is, ms. */
export const progressEvery = 250;

/** Does the work of a thread, whose failures are its answer, too. */
export function answering<A extends Attended, T>(task: A, compute: (task: A) => T): T | ThreadFailure {
  try {
    return compute(task);
  } catch (error) {
    return asValue(error);
  } finally {
    task.port.close();
  }
}
