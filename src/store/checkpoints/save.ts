import { makeFolder } from '../durable.js';
import type { CheckpointFormat } from './checkpoint.js';
import { requireConfined } from './confined.js';
import { writeCheckpoint } from './file.js';
import { removeFiles, superfluous } from './folder.js';
import { checkpointOf, type RunOf } from './state.js';

/** Where a run keeps its checkpoint files, and how. */
export interface CheckpointPlace {
  readonly outdir: string;
  readonly folder: string;
  readonly format: CheckpointFormat;
  /** 0: all */
  readonly keepLast: number;
}

/**
 * Leaves a checkpoint file of the state, and removes those that it makes superfluous. Doing it twice does nothing, and an attempt that
 * comes late removes its own, older file again.
 * @param rows rows written so far, in the order of the model's tables
 * @returns path of the file
 */
export function saveCheckpoint<P, S>(
  place: CheckpointPlace,
  run: RunOf<P, S>,
  state: S,
  rows: readonly number[],
): string {
  const { outdir, folder, format, keepLast } = place;
  requireConfined(outdir, folder);
  makeFolder(folder);
  const file = writeCheckpoint(folder, checkpointOf(run, state, rows, format), format);
  removeFiles(folder, superfluous(folder, run.identity, keepLast));
  return file;
}
