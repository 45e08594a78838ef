/** What came of a batch: counts from its folders, and the exit code that says whether it is whole. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { sweepEndText } from '../report/sweep/endText.js';
import { countsOf, type StandingCase, type SweepStanding } from '../report/sweep/standing.js';
import { type CaseStatus, readCaseStatus } from '../store/batch/caseStatus.js';
import { checkBatch } from '../store/completeness/checkBatch.js';
import { isWhole } from '../store/completeness/finding.js';
import { type OpenCase, reportedOpen } from '../store/completeness/reportFiles.js';
import { readRunId } from '../store/runId.js';
import { checkingIn } from '../worker/checkPool.js';
import { CommandError, exitCode } from './exit.js';
import { outputView } from './terminal.js';
import type { Batch } from './whichBatch.js';

export interface HookFailure {
  readonly reason: string;
  /** It fails the sweep. */
  readonly strict: boolean;
}

/** Every case as the check behind the sweep has found it, a moment ago; null when its report is gone. */
export function casesAsReported({ layout, definition }: Batch): OpenCase[] | null {
  const reported = reportedOpen(layout);
  if (reported === null) return null;
  const open = new Map(reported.map((one) => [one.title, one]));
  return definition.cases.map(({ title }) => open.get(title) ?? { title, status: 'ok', why: [] });
}

/** Every case as its folder is now. */
export async function casesAsFound(
  { layout }: Batch,
  onCase: (done: number, of: number) => void,
): Promise<readonly OpenCase[]> {
  const checkCases = checkingIn(availableParallelism());
  return (await checkBatch(layout, { archive: null, require: [] }, onCase, checkCases)).cases;
}

/**
 * @param hook what the hook behind the whole batch failed with
 * @throws CommandError with the exit code of what is not complete
 */
export function printBatch(
  { layout, definition }: Batch,
  { json, strict }: { readonly json: boolean; readonly strict: boolean },
  hook: HookFailure | null,
  checked: readonly OpenCase[],
): void {
  const recorded = new Map((readCaseStatus(layout) ?? []).map((row) => [row.title, row]));
  const strictHook = definition.hooks.afterCase?.strict ?? false;
  const cases = checked.map((one) => standingCase(one, recorded.get(one.title), strictHook));
  const counts = countsOf(cases);
  const whole = counts.complete === cases.length;
  const standing: SweepStanding = {
    tag: definition.tag,
    batch: layout.folder,
    sweepId: readRunId({ outdir: layout.folder, runId: layout.sweepId }) ?? '',
    state: whole ? 'complete' : 'incomplete',
    counts,
    cases,
    jobs: null,
    startedAt: null,
    secondsLeft: null,
    casesPerMinute: null,
  };
  const folder = path.relative('.', layout.folder) || '.';
  const goOn = whole ? null : `marsdisk sweep --batch ${folder}${counts.failed > 0 ? ' --retry-failed' : ''}`;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 1, ...standing, goOn, hookFailure: hook?.reason ?? null }, null, 2)}\n`,
    );
  } else {
    const end = {
      files: [
        { path: path.join(folder, path.basename(layout.summary)), holds: 'a row per case' },
        { path: path.relative('.', layout.completenessCsv), holds: 'what every case has, and lacks' },
        { path: path.relative('.', layout.caseStatus), holds: 'how every case ended' },
      ],
      goOn,
      next: [{ command: `marsdisk query ${folder} "SELECT * FROM cases"`, does: 'ask it anything' }],
      remarks: hook === null ? [] : [`the hook behind the batch failed: ${hook.reason}`],
    };
    process.stdout.write(sweepEndText(standing, end, outputView()));
  }
  const hookFails = hook?.strict ?? false;
  if (whole && !hookFails) return;
  const list = (['failed', 'lost', 'cancelled', 'pending'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  throw new CommandError(
    whole ? 'the hook behind the batch failed' : `the sweep is incomplete: ${list.join(', ')}`,
    strict ? exitCode.failed : exitCode.incomplete,
  );
}

/** The folders have the last word; what the sweep has recorded says why. Only of a strict hook they know nothing. */
function standingCase(
  checked: OpenCase,
  recorded: CaseStatus | undefined,
  strictHook: boolean,
): StandingCase {
  const { title, status } = checked;
  if (strictHook && isWhole(checked) && recorded?.state === 'failed') {
    return { title, state: 'failed', share: null, reason: recorded.reason };
  }
  if (isWhole(checked)) return { title, state: 'complete', share: 1, reason: null };
  const found = checked.why.join('; ');
  const ended = recorded !== undefined && recorded.state !== 'complete' ? recorded : null;
  if (ended !== null && status !== 'damaged') {
    return { title, state: ended.state, share: null, reason: ended.reason };
  }
  return { title, state: status === 'missing' ? 'pending' : 'lost', share: null, reason: found || null };
}
