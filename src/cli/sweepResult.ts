/** What came of a batch: counts from its folders, and the exit code that says whether it is whole. */
import path from 'node:path';
import { readCaseStatus } from '../store/batch/caseStatus.js';
import { checkBatch } from '../store/completeness/checkBatch.js';
import { countByStatus, isWhole } from '../store/completeness/finding.js';
import { CommandError, exitCode } from './exit.js';
import type { Batch } from './whichBatch.js';

/** Cases that are named with their reasons; of more, the files say all. */
const mostNamed = 20;

/** @throws CommandError with the exit code of what is not complete */
export async function printBatch(
  { layout, definition }: Batch,
  { json, strict }: { readonly json: boolean; readonly strict: boolean },
): Promise<void> {
  const checked = await checkBatch(layout, { archive: null, require: [] }, () => {});
  const reasons = new Map(
    (readCaseStatus(layout) ?? []).map(({ title, state, reason }) => [title, reason ?? state]),
  );
  const open = checked.cases.filter((one) => !isWhole(one));
  const counts = countByStatus(checked.cases);
  const folder = path.relative('.', layout.folder) || '.';
  if (json) {
    const notComplete = open.map(({ title, status }) => ({
      title,
      status,
      reason: reasons.get(title) ?? null,
    }));
    const answer = {
      schema: 1,
      tag: definition.tag,
      batch: layout.folder,
      cases: definition.cases.length,
      counts,
    };
    process.stdout.write(`${JSON.stringify({ ...answer, notComplete }, null, 2)}\n`);
  } else {
    const named = open
      .slice(0, mostNamed)
      .map(
        ({ title, status }) => `  ${title}: ${status}${reasons.has(title) ? `: ${reasons.get(title)}` : ''}`,
      );
    const more =
      open.length > mostNamed
        ? [`  and ${open.length - mostNamed} more: ${path.relative('.', layout.caseStatus)}`]
        : [];
    const whole = checked.cases.length - open.length;
    process.stdout.write(
      [
        `${definition.tag}: ${whole} of ${checked.cases.length} cases complete and verified in ${folder}`,
        ...named,
        ...more,
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  if (open.length === 0) return;
  const list = Object.entries(counts)
    .filter(([status]) => status !== 'ok')
    .map(([status, count]) => `${count} ${status}`);
  throw new CommandError(
    `the sweep is incomplete: ${list.join(', ')}\nGo on with it: marsdisk sweep --batch ${folder}${counts.failed ? ' --retry-failed' : ''}`,
    strict ? exitCode.failed : exitCode.incomplete,
  );
}
