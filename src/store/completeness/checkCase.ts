import path from 'node:path';
import type { BatchLayout } from '../batch/batchLayout.js';
import type { CaseStatus } from '../batch/caseStatus.js';
import { archiveProblems, isArchived, lookIntoArchive } from './archivedCase.js';
import { checkFolder } from './checkFolder.js';
import { unusableCheckpoints } from './checkpointFiles.js';
import type { ExpectedCase } from './expected.js';
import type { CheckedCase, CheckedStatus, FolderCheck } from './finding.js';

export interface CheckOptions {
  /** Root of the archive; null: none is looked into. */
  readonly archive: string | null;
  /** Further files that each case must have, relative to its folder. */
  readonly require: readonly string[];
}

/** @param ended how the sweep says that the case ended, if it does */
export async function checkCase(
  layout: BatchLayout,
  expected: ExpectedCase,
  ended: CaseStatus | undefined,
  { archive, require }: CheckOptions,
): Promise<CheckedCase> {
  const { title } = expected;
  const here = await checkFolder(path.join(layout.folder, title), expected, require);
  // Reading an archive takes time; it is asked only for what is not here.
  const there = here.missing.length > 0 ? await lookIntoArchive(archive, layout, expected, require) : null;
  const missing = here.missing.filter((file) => !there?.has(file));
  const problems = archiveProblems(archive, layout, title);
  return {
    title,
    status: statusOf(here, missing, ended),
    foundLocal: here.exists,
    foundArchive: there !== null || isArchived(archive, layout, title),
    missing,
    why: [
      ...here.damage.map(({ file, reason }) => `${file} ${reason}`),
      ...(there?.damage ?? []).map(({ file, reason }) => `in the archive: ${file} ${reason}`),
      ...(missing.length > 0 && here.exists ? [`missing: ${missing.join(', ')}`] : []),
      ...(missing.length > 0 ? [...here.remarks, ...(there?.remarks ?? [])] : []),
      ...(ended !== undefined && ended.state !== 'complete' ? [wordsOf(ended)] : []),
      ...problems,
    ],
    archiveFailed: problems.length > 0,
    unusable: here.exists ? unusableCheckpoints(path.join(layout.folder, title), expected.identity) : [],
  };
}

function statusOf(
  here: FolderCheck,
  missing: readonly string[],
  ended: CaseStatus | undefined,
): CheckedStatus {
  if (here.damage.length > 0) return 'damaged';
  if (missing.length === 0) return here.missing.length === 0 ? 'ok' : 'archived_only';
  if (ended?.state === 'failed' && missing.includes('summary.json')) return 'failed';
  return here.exists ? 'partial' : 'missing';
}

function wordsOf({ state, reason }: CaseStatus): string {
  return reason === null ? state : `${state}: ${reason}`;
}
