import fs from 'node:fs';
import path from 'node:path';

/** Absolute paths of the files of a batch: the folder of one sweep, with a folder for each case. */
export interface BatchLayout {
  readonly folder: string;
  readonly checks: string;
  /** What was asked for: written before the first case begins, never changed. */
  readonly definition: string;
  /** The same for people and for tools of the original program: a line for each case. */
  readonly expectedList: string;
  /** Workflow id of the sweep. */
  readonly sweepId: string;
  /** Who computes it where: the latest command that began or went on with it. Clocks and hosts stand here. */
  readonly provenance: string;
  /** How the cases ended, as the sweep recorded it. */
  readonly caseStatus: string;
  /** Stands there once everything is done that follows the last case: see `sweepEnd.ts`. */
  readonly sweepEnd: string;
  readonly completenessCsv: string;
  readonly completenessJson: string;
  /** A row for each case. */
  readonly summary: string;
}

export function batchLayout(folder: string): BatchLayout {
  const root = path.resolve(folder);
  const checks = path.join(root, 'checks');
  return {
    folder: root,
    checks,
    definition: path.join(checks, 'sweep.json'),
    expectedList: path.join(checks, 'expected_sweep_list.txt'),
    sweepId: path.join(root, 'sweep_id'),
    provenance: path.join(checks, 'provenance.json'),
    caseStatus: path.join(checks, 'case_status.csv'),
    sweepEnd: path.join(checks, 'sweep_end.json'),
    completenessCsv: path.join(checks, 'sweep_completeness.csv'),
    completenessJson: path.join(checks, 'sweep_completeness.json'),
    summary: path.join(root, 'summary.parquet'),
  };
}

/** Whether a folder is that of a sweep, of this program or of the original one. */
export function isBatch(folder: string): boolean {
  const { definition, expectedList } = batchLayout(folder);
  return fs.existsSync(definition) || fs.existsSync(expectedList);
}
