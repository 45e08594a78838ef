import fs from 'node:fs';
import path from 'node:path';
import type { BatchLayout } from '../batch/batchLayout.js';
import { type CaseStatus, readCaseStatus } from '../batch/caseStatus.js';
import { DamagedData } from '../error.js';
import { namesIn } from '../folders.js';
import type { CheckOptions } from './checkCase.js';
import { type CheckCases, checkInTurn } from './checkCases.js';
import { type ExpectedCases, expectedCases } from './expected.js';
import { type CheckedBatch, type Finding, unusableIn } from './finding.js';

/** Folders of a batch that belong to no case. */
const ownFolders = ['checks', 'logs'];

/**
 * Holds a batch against what it was to compute: every expected case, every file of it, byte by byte, and nothing else. Needs the folders only.
 * @param onCase told how many cases are done
 * @param checkCases in which threads
 * @throws DamagedData when nobody knows which cases there should be
 */
export async function checkBatch(
  layout: BatchLayout,
  options: CheckOptions,
  onCase: (done: number, of: number) => void = () => {},
  checkCases: CheckCases = checkInTurn,
): Promise<CheckedBatch> {
  const { cases: expected, duplicates, problems } = expectedCases(layout);
  const ends = recordedEnds(layout);
  const ended = new Map(ends.rows.map((one) => [one.title, one]));
  const toCheck = expected.map((one) => ({ expected: one, ended: ended.get(one.title) }));
  const cases = await checkCases(layout, toCheck, options, (done) => onCase(done, expected.length));
  const unexpected = unexpectedIn(layout, expected);
  const all = [...problems, ...ends.problems, ...unusableIn(cases)];
  return { folder: layout.folder, cases, unexpected, duplicates, problems: all };
}

/** How the cases ended is a remark on what their folders say; a damaged record hides nothing. */
function recordedEnds(layout: BatchLayout): { rows: readonly CaseStatus[]; problems: readonly Finding[] } {
  try {
    return { rows: readCaseStatus(layout) ?? [], problems: [] };
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    return { rows: [], problems: [{ file: 'checks/case_status.csv', reason: error.reason }] };
  }
}

function unexpectedIn(layout: BatchLayout, expected: ExpectedCases['cases']): string[] {
  const known = new Set([...ownFolders, ...expected.map(({ title }) => title)]);
  return namesIn(layout.folder)
    .filter((name) => !known.has(name) && !name.startsWith('.'))
    .filter((name) => fs.statSync(path.join(layout.folder, name), { throwIfNoEntry: false })?.isDirectory())
    .sort();
}
