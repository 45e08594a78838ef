import path from 'node:path';
import type { BatchLayout } from '../batch/batchLayout.js';
import { csvLine } from '../csvCells.js';
import { readJson, sortedJson } from '../documents.js';
import { makeFolder, writeDurably } from '../durable.js';
import { type CheckedBatch, type CheckedCase, countByStatus, isWhole } from './finding.js';

/** Where a check leaves its results; what is not named is not written. */
export interface ReportFiles {
  readonly csv?: string | undefined;
  readonly json?: string | undefined;
}

/** Writes the files, durably. The same batch gives the same bytes: they hold no clocks and no paths of this machine. */
export function writeReport(checked: CheckedBatch, { csv, json }: ReportFiles): void {
  for (const [file, text] of [
    [csv, csvOf(checked)],
    [json, sortedJson(countsOf(checked))],
  ] as const) {
    if (file === undefined) continue;
    makeFolder(path.dirname(path.resolve(file)));
    writeDurably(path.resolve(file), text);
  }
}

/** A case that was not whole when the batch was checked. */
export type OpenCase = Pick<CheckedCase, 'title' | 'status' | 'why'>;

/**
 * What `sweep_completeness.json` says of cases that were not whole; all others were.
 * @returns null when there is no report
 * @throws DamagedData when it cannot be read
 */
export function reportedOpen({ completenessJson }: BatchLayout): OpenCase[] | null {
  const report = readJson(completenessJson) as ReturnType<typeof countsOf> | null;
  return report === null
    ? null
    : report.not_ok.map(({ case_id, status, why }) => ({ title: case_id, status, why }));
}

const header = ['case_id', 'expected_dir', 'found_local', 'found_archive', 'missing_files', 'status'];

function csvOf({ cases }: CheckedBatch): string {
  const lines = cases.map(({ title, foundLocal, foundArchive, missing, status }) =>
    csvLine([title, title, String(foundLocal), String(foundArchive), missing.join(';'), status]),
  );
  return [csvLine(header), ...lines].join('');
}

/** The numbers that a program asks for, and why what is not whole is not. */
export function countsOf(checked: CheckedBatch) {
  const { cases, unexpected, duplicates, problems } = checked;
  const missing = cases.filter(({ foundLocal, foundArchive }) => !foundLocal && !foundArchive).length;
  return {
    schema: 1,
    expected_cases: cases.length,
    found_cases: cases.length - missing,
    missing_cases: missing,
    missing_files_total: cases.reduce((sum, one) => sum + one.missing.length, 0),
    archive_failures: cases.filter(({ archiveFailed }) => archiveFailed).length,
    by_status: countByStatus(cases),
    unexpected_folders: unexpected,
    duplicate_titles: duplicates,
    batch_problems: problems,
    not_ok: cases
      .filter((one) => !isWhole(one))
      .map(({ title, status, missing, why }) => ({ case_id: title, status, missing_files: missing, why })),
  };
}
