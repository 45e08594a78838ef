/** The last word of a sweep, `checks/sweep_end.json`: without it a command goes on with the batch, even when every case is complete. */
import fs from 'node:fs';
import { readJson, writeJson } from '../documents.js';
import type { BatchLayout } from './batchLayout.js';

export interface SweepEnd {
  /** What the hook behind the whole batch failed with; null when it succeeded, or there is none. */
  readonly hookFailure: string | null;
}

/** @returns null as long as something is to be done behind the last case. @throws DamagedData when it is no JSON */
export function readSweepEnd({ sweepEnd }: BatchLayout): SweepEnd | null {
  return readJson(sweepEnd) as SweepEnd | null;
}

export function writeSweepEnd({ sweepEnd }: BatchLayout, { hookFailure }: SweepEnd): void {
  writeJson(sweepEnd, { schema: 1, hookFailure });
}

/** Before the reports of an earlier end go out of date. */
export function removeSweepEnd({ sweepEnd }: BatchLayout): void {
  fs.rmSync(sweepEnd, { force: true });
}
