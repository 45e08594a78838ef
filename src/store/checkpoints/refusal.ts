import { DamagedData } from '../error.js';

/** Why a file cannot be used as a checkpoint of a run. */
export type RefusalKind =
  /** There is no such file. */
  | 'missing'
  /** Not a checkpoint at all. */
  | 'foreign'
  | 'truncated'
  /** A byte differs, or the contents contradict themselves. */
  | 'changed'
  /** Written by a newer program. */
  | 'newer'
  /** Of another model. */
  | 'model'
  /** Of another run. */
  | 'identity';

const elsewhere = 'Take another one: `marsdisk checkpoints list FOLDER` shows which there are.';

const cures: Record<RefusalKind, string> = {
  missing: elsewhere,
  foreign: elsewhere,
  truncated: `Restore it from a copy, or take another one: \`marsdisk checkpoints verify FOLDER\` shows which are whole.`,
  changed: `Restore it from a copy, or take another one: \`marsdisk checkpoints verify FOLDER\` shows which are whole.`,
  newer: 'Use the newer version of this program that wrote it.',
  model: elsewhere,
  identity: 'Give the configuration that it was written with, or a checkpoint of this one.',
};

/** A file that cannot be used as a checkpoint, and why. */
export class CheckpointRefused extends DamagedData {
  constructor(
    file: string,
    readonly kind: RefusalKind,
    reason: string,
    cure: string = cures[kind],
  ) {
    super(file, reason, cure);
  }
}
