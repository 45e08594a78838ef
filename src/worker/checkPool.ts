import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type CaseToCheck, type CheckCases, checkInTurn } from '../store/completeness/checkCases.js';
import type { CheckedCase } from '../store/completeness/finding.js';
import type { CheckTask } from './checkThread.js';
import { SegmentFailure, type ThreadFailure } from './segmentFailure.js';

export const checkModule = fileURLToPath(new URL('./checkThread.js', import.meta.url));

/** Cases that a thread takes at a time: a tenth of a second of work, so that progress moves and the threads end together. */
const groupOf = 16;

/** Has a thread look at some cases. */
type AskThread = (task: CheckTask) => Promise<CheckedCase[] | ThreadFailure>;

/**
 * Looks at the cases of a batch in threads: every file of every case is read, which leaves a worker's own thread hundreds of megabytes of
 * garbage and keeps it from its heartbeats. No more groups are asked for than there are threads, so that others get at theirs.
 */
export function checkingBy(ask: AskThread, threads: number): CheckCases {
  return async (layout, cases, options, onCase) => {
    if (cases.length <= groupOf) return checkInTurn(layout, cases, options, onCase); // over before a thread has begun
    const groups = groupsOf(cases);
    const checked: CheckedCase[][] = [];
    let [next, done] = [0, 0];
    const lookOn = async () => {
      while (next < groups.length) {
        const at = next++;
        const found = await ask({ layout, cases: groups[at]!, options });
        if ('failure' in found) {
          next = groups.length;
          throw SegmentFailure.fromThread(found);
        }
        checked[at] = found;
        done += found.length;
        onCase(done);
      }
    };
    await Promise.all(Array.from({ length: threads }, lookOn));
    return checked.flat();
  };
}

/** The same in threads of their own, which are gone when it is done. */
export function checkingIn(threads: number): CheckCases {
  return async (...args) => {
    const pool = new Piscina({
      filename: checkModule,
      minThreads: 0,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: 12 }, // as for the compute threads
    });
    try {
      return await checkingBy((task) => pool.run(task), threads)(...args);
    } finally {
      await pool.destroy();
    }
  };
}

function groupsOf(cases: readonly CaseToCheck[]): (readonly CaseToCheck[])[] {
  return Array.from({ length: Math.ceil(cases.length / groupOf) }, (_, i) =>
    cases.slice(i * groupOf, (i + 1) * groupOf),
  );
}
