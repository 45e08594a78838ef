import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { ConvergeProgress, ConvergeTask } from './convergeThread.js';

/** A run of which only the summary is wanted. */
export interface SummaryTask {
  readonly model: string;
  readonly params: unknown;
  readonly identity: string;
}

/**
 * Computes whole runs side by side, the last ones first: they are the longest.
 *
 * @param onProgress where each run is, by its place; null before it has begun, and its end once it is done
 * @returns the summaries, in the order of the tasks
 * @throws what the model throws
 */
export async function computeSummaries(
  tasks: readonly SummaryTask[],
  threads: number,
  onProgress: (standing: readonly (ConvergeProgress | null)[]) => void,
): Promise<readonly Record<string, unknown>[]> {
  const filename = fileURLToPath(new URL('./convergeThread.js', import.meta.url));
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: threads });
  const standing: (ConvergeProgress | null)[] = tasks.map(() => null);
  const compute = async (task: SummaryTask, i: number) => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (progress: ConvergeProgress) => {
      standing[i] = progress;
      onProgress(standing);
    });
    try {
      const given: ConvergeTask = { ...task, port: port2 };
      return await pool.run(given, { transferList: [port2] });
    } finally {
      port1.close();
    }
  };
  try {
    const started = tasks.map((task, i) => [task, i] as const).reverse();
    const found = await Promise.all(started.map(([task, i]) => compute(task, i)));
    return found.reverse();
  } finally {
    await pool.destroy();
  }
}
