import type { StateFields } from '../../sim/model.js';

/** Version of both file formats; readers take older ones and refuse newer ones. */
export const fileSchema = 1;

export const formats = ['binary', 'json'] as const;
export type CheckpointFormat = (typeof formats)[number];

/** What a checkpoint file says: all that a run needs to go on, and nothing of clocks, hosts or cuts. */
export interface Checkpoint {
  /** Name of the model and version of its fields. */
  readonly model: { readonly name: string; readonly schema: number };
  /** Identity of the run (SHA-256 of model and parameters). */
  readonly identity: string;
  /** Accepted steps. */
  readonly step: number;
  /** Model time, s. */
  readonly time: number;
  /** Rows written so far, by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly fields: StateFields;
  /** Further entries of the file: the readable view of a JSON file, and whatever another program has added. Kept when written again. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** A checkpoint as it was found on disk, with its seal intact. */
export interface StoredCheckpoint extends Checkpoint {
  readonly file: string;
  readonly format: CheckpointFormat;
  /** SHA-256 of the state, the same in every format. */
  readonly stateHash: string;
  /** Size of the file. */
  readonly bytes: number;
}
