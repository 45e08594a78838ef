/** An input file that shaped the run, by content. */
export interface InputFile {
  readonly key: string;
  readonly path: string;
  readonly sha256: string;
}

/** When a segment ends. Has no influence on results and is not part of the identity. */
export interface SegmentLimits {
  /** A segment ends at the first step at or beyond the next multiple of this, s. */
  readonly interval: number;
  readonly maxSteps: number | null;
  /** s of compute */
  readonly maxCompute: number;
  /** A segment with less compute than this goes on to the next multiple, s; null: by whether the run is a case of a sweep. */
  readonly minCompute: number | null;
  /** Steps of the whole run at which it fails. */
  readonly runSteps: number;
}

/** Checkpoint files for the user. No influence on results, not part of the identity. */
export interface CheckpointFiles {
  readonly enabled: boolean;
  /** Absolute path, inside the output folder. */
  readonly folder: string;
  readonly format: 'binary' | 'json';
  /** Newest files that are kept; 0: all. */
  readonly keepLast: number;
}

/** How rows travel from a segment through its part to the series. No influence on results, not part of the identity. */
export interface Streaming {
  /** Memory of the rows that wait for their part, bytes; null: enough for any reasonable batch. */
  readonly memoryLimit: number | null;
  /** Rows of a table that are written together; null: the usual number. */
  readonly flushRows: number | null;
  /** Merge the parts into series when the last segment is done. */
  readonly merge: boolean;
  /** Remove the parts behind a verified merge. */
  readonly removeParts: boolean;
}

/** Where a finished run is copied to and what stays here (src/store/archive). No influence on results, not part of the identity. */
export interface Archive {
  /** Absolute path of a folder, or s3://bucket/prefix. */
  readonly dir: string;
  /** post_finalize: not by the run itself. */
  readonly trigger: 'post_merge' | 'post_finalize';
  /** external: merged series do not stay here. */
  readonly mergeTarget: 'local' | 'external';
  /** How much of the copy is read back; null: nothing, and nothing is removed here. */
  readonly verifyLevel: 'standard' | 'standard_plus' | 'strict' | null;
  readonly keepLocal: 'none' | 'metadata' | 'all';
  readonly recordVolume: boolean;
  /** Slower than this is worth a warning, bytes/s. */
  readonly warnSlow: number;
  /** From so many bytes on. */
  readonly warnSlowFrom: number;
  /** bytes */
  readonly minFree: number;
}

/** Whether a run that has no history begins at a checkpoint. */
export interface Resume {
  readonly enabled: boolean;
  /** Absolute path of the file; null: the newest whole one of the checkpoints folder. */
  readonly from: string | null;
}

/**
 * Where a resolved value came from. `sweep`: the sweep file, or the axes of the sweep; `derived`: made from other values; `drawn`: a random
 * number, repeated by the seed that is shown with it.
 */
export type Origin = 'default' | 'file' | 'environment' | 'command line' | 'sweep' | 'derived' | 'drawn';

/** What a user's configuration becomes: frozen, JSON-safe, complete. */
export interface RunSpec {
  /** Readable name: the configuration file's name without ending. */
  readonly title: string;
  /** Registry name of the model. */
  readonly model: string;
  /** The model's parameters; validated against the model's schema. */
  readonly params: unknown;
  /** SHA-256 (hex) of the canonical JSON of {model, params}: everything that changes a row, nothing else. */
  readonly identity: string;
  readonly segments: SegmentLimits;
  readonly checkpoints: CheckpointFiles;
  readonly resume: Resume;
  readonly streaming: Streaming;
  /** Null: the run is not archived. */
  readonly archive: Archive | null;
  /** bytes */
  readonly memoryLimit: number;
  /** Absolute path of the output folder. */
  readonly outdir: string;
  /** Draw plots/overview.* at the end. */
  readonly figures: boolean;
  /** The resolved configuration under the user's key names, nested as in YAML. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Origin of each leaf of `configuration`, by dotted path. */
  readonly origins: Readonly<Record<string, Origin>>;
  readonly inputs: readonly InputFile[];
  readonly warnings: readonly string[];
}

/** What the machinery around a model needs of a specification; the rest stands in run_config.json of the run's folder. */
export type RunHead = Omit<RunSpec, 'params' | 'configuration' | 'origins' | 'inputs' | 'warnings'>;
