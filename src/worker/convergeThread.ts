/** Entry of a compute thread: one whole run without rows, for its summary. */
import type { MessagePort } from 'node:worker_threads';
import { modelOf } from '../sim/models.js';
import { progressEvery } from './threadTask.js';

export interface ConvergeTask {
  readonly model: string;
  readonly params: unknown;
  /** Tells the tables of one task from those of another. */
  readonly identity: string;
  readonly port: MessagePort;
}

/** How far a run is, model time in s. */
export interface ConvergeProgress {
  readonly time: number;
  readonly end: number;
}

export default function wholeRun(task: ConvergeTask): Record<string, unknown> {
  const { model, params } = modelOf(task);
  let last = performance.now();
  try {
    const tell = (state: unknown) => {
      const now = performance.now();
      if (now - last < progressEvery) return false;
      last = now;
      const { time, end } = model.status(state, params);
      task.port.postMessage({ time, end } satisfies ConvergeProgress);
      return false;
    };
    const state = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, tell, {
      write() {},
    });
    return model.summary(state, params);
  } finally {
    task.port.close();
  }
}
