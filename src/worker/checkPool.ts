import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type CaseToCheck, type CheckCases, checkInTurn } from '../store/completeness/checkCases.js';
import type { CheckedCase } from '../store/completeness/finding.js';
import type { CheckTask } from './checkThread.js';
import { SegmentFailure, type ThreadFailure } from './segmentFailure.js';

/** Cases that a thread takes at a time: a tenth of a second of work, so that progress moves and the threads end together. */
const groupOf = 16;

/**
 * Looks at the cases of a batch in threads of their own, which are gone when it is done: every file of every case is read, which leaves a
 * worker's own thread hundreds of megabytes of garbage and keeps it from its heartbeats.
 */
export function checkingIn(threads: number): CheckCases {
  return async (layout, cases, options, onCase) => {
    if (cases.length <= groupOf) return checkInTurn(layout, cases, options, onCase); // over before a thread has begun
    const pool = new Piscina({
      filename: fileURLToPath(new URL('./checkThread.js', import.meta.url)),
      minThreads: 1,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: 12 }, // as for the compute threads
    });
    let done = 0;
    const look = async (group: readonly CaseToCheck[]) => {
      const task: CheckTask = { layout, cases: group, options };
      const checked: CheckedCase[] | ThreadFailure = await pool.run(task);
      if ('failure' in checked) throw SegmentFailure.fromThread(checked);
      done += checked.length;
      onCase(done);
      return checked;
    };
    try {
      return (await Promise.all(groupsOf(cases).map(look))).flat();
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
