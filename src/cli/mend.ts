/** Brings back what a finished run has lost, in this process: it takes no server, because nothing is left to schedule. */
import { temporalConfig } from '../../temporal.config.js';
import { type Mended, mendIfEnded } from '../activities/mending.js';
import type { Essentials } from '../store/kept.js';
import { ComputePool } from '../worker/computePool.js';
import { hooks } from '../worker/hooks.js';
import { version } from '../worker/version.js';

/**
 * @param spec what the run must be; null: as its own files say
 * @returns null when the run has not ended in its folder
 * @throws DamagedData naming what cannot be brought back
 */
export async function mend(
  outdir: string,
  spec: Essentials | null,
  say: (message: string) => void,
): Promise<Mended | null> {
  const pool = new ComputePool(1);
  try {
    const computing = {
      computePool: pool,
      onEvent: (name: Parameters<typeof hooks.onEvent>[0], detail: Readonly<Record<string, unknown>>) =>
        void hooks.onEvent(name, detail),
      partBatchRows: temporalConfig.partBatchRows,
      inlineStateLimit: temporalConfig.inlineStateLimit,
      keepStateEvery: temporalConfig.manifestEverySegments,
      recovery: { everySeconds: temporalConfig.recoveryInterval, everySteps: null },
    };
    const mended = await mendIfEnded(computing, outdir, { spec, version });
    if (mended !== null && mended.files.length > 0) say(`${outdir}: ${mendedText(mended)}`);
    return mended;
  } finally {
    await pool.close();
  }
}

function mendedText({ files, segments }: Mended): string {
  const computed =
    ['nothing computed', '1 segment computed again'][segments] ?? `${segments} segments computed again`;
  return `brought back ${files.join(', ')} (${computed}; whole files were not touched)`;
}
