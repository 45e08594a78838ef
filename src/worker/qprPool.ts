import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { QprModel } from '../sim/optics/qprTable.js';
import type { QprTask } from './qprThread.js';

/**
 * A whole table of radiation-pressure efficiencies, its sizes shared out to threads.
 *
 * @param sizes m
 * @param threads the numbers do not depend on it
 * @returns row-major: values[iT * sizes.length + iS]
 */
export async function computeQpr(
  model: QprModel,
  sizes: readonly number[],
  threads: number,
  onProgress: (done: number) => void,
): Promise<Float64Array> {
  const filename = fileURLToPath(new URL('./qprThread.js', import.meta.url));
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: threads });
  const values = new Float64Array(model.temperatures.length * sizes.length);
  let done = 0;
  try {
    await Promise.all(
      sizes.map(async (size, i) => {
        const task: QprTask = { model, size };
        const column: number[] = await pool.run(task);
        for (const [j, Q] of column.entries()) values[j * sizes.length + i] = Q;
        done += 1;
        onProgress(done);
      }),
    );
  } finally {
    await pool.destroy();
  }
  return values;
}
