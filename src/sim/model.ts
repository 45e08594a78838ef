import type { z } from 'zod';

/** One column of a table that a model writes. `unit` is '' for pure numbers. */
export interface Column {
  readonly name: string;
  readonly type: 'float64' | 'int32';
  readonly unit: string;
  readonly meaning: string;
}

/** What a number says. `unit` is '' for pure numbers and words. */
export interface Meaning {
  readonly unit: string;
  readonly meaning: string;
}

/** A table of rows that a model hands to the sink; `footer` travels into the file's key-value metadata. */
export interface TableDescription {
  /** Short name, also of its part files: `run`, `psd_hist`, `mass_budget`. */
  readonly name: string;
  /** Merged file below the outdir; the ending decides the format: `series/run.parquet`, `checks/mass_budget.csv`. */
  readonly file: string;
  readonly columns: readonly Column[];
  readonly footer: Readonly<Record<string, string>>;
  /** True: all its rows are written at the very start of a run, and they do not depend on its course. */
  readonly once?: boolean;
}

/** Receives rows during `advance`. The array is reused by the caller: copy what must stay. */
export interface RowSink {
  /** @param table index into `model.tables(params)`; @param values one number per column, in column order. */
  write(table: number, values: Float64Array): void;
}

/** A conserved quantity: `error` is relative and must stay at or below `limit`. */
export interface Conserved {
  readonly name: string;
  readonly error: number;
  readonly limit: number;
}

/** A number that people watch while a run goes on; JSON-safe (finite, or null). */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number | null;
}

/** Where a run stands. Everything here is JSON-safe, small, and free of clocks. */
export interface Status {
  /** Model time reached, s. */
  readonly time: number;
  /** Time at which the run is planned to end, s. */
  readonly end: number;
  /** Accepted steps so far. */
  readonly steps: number;
  /** True once the run must not be advanced any more. */
  readonly done: boolean;
  /** Why it ended: `t_end`, `temperature_stop`, `tau_exceeded`, ...; null while it runs. */
  readonly stopReason: string | null;
  readonly figures: readonly Figure[];
  /** Remarks a user must see, e.g. that the optically thin picture has been left. */
  readonly notes: readonly string[];
}

/** What planning needs to know before a run starts. */
export interface Estimate {
  /** Accepted steps. */
  readonly steps: number;
  /** Rows of each table, in the order of `tables(params)`. */
  readonly rows: readonly number[];
  /** Size of an encoded state. */
  readonly stateBytes: number;
  /** How the steps are spread over model time, in order; together they are `steps`. */
  readonly pace: readonly Stretch[];
}

/** A stretch of model time, from the end of the one in front of it (the first: from 0) to `until` [s], and the steps that it takes. */
export interface Stretch {
  readonly until: number;
  readonly steps: number;
}

/** A state by names: all that `encode` writes, for files that people and other programs read. */
export interface StateFields {
  readonly scalars: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float64Array>>;
}

/** A value for people: numbers, words, and lists and groups of them. */
export type Readable = number | string | null | readonly Readable[] | { readonly [name: string]: Readable };

/**
 * A model is plain data and pure functions (design.md section 4). The durable machinery knows nothing else of the physics.
 *
 * `P` is JSON-safe (it travels through Temporal's history), `S` holds everything a bit-exact continuation needs.
 */
export interface Model<P, S> {
  /** Registry name, e.g. `mars-disk`. */
  readonly name: string;
  /** Version of the encoded state; `decode` migrates older ones and refuses newer ones. */
  readonly schema: number;
  readonly params: z.ZodType<P>;
  tables(params: P): readonly TableDescription[];
  initial(params: P): S;
  /**
   * Steps until the first step that ends at or after `boundary` (model time, s), until `stop` says so between two steps, or until
   * the run is done. `stop` sees the state behind each step and leaves it as it is. Never shortens a step to meet `boundary`, so that cutting a run cannot change it. `state` is not modified.
   * @throws PhysicsError when the integration cannot go on.
   */
  advance(state: S, params: P, boundary: number, stop: (state: S) => boolean, sink: RowSink): S;
  encode(state: S): Uint8Array;
  /** @throws StateError for damaged, foreign or newer bytes, each with its own message. */
  decode(bytes: Uint8Array): S;
  fields(state: S): StateFields;
  /**
   * The state with these fields, bit for bit.
   * @param schema version of the fields; older ones are migrated
   * @throws StateError when fields are missing, unknown or impossible, or of a newer version
   */
  fromFields(fields: StateFields, schema: number): S;
  /** What people look for in a state, with derived quantities under the names of the tables. Never read back. */
  readable(state: S, params: P): Readonly<Record<string, Readable>>;
  status(state: S, params: P): Status;
  /** Results of the run so far for summary.json: JSON-safe (null instead of NaN), free of clocks. */
  summary(state: S, params: P): Record<string, unknown>;
  /** Of the values of `summary`, by name. */
  readonly summaryMeanings?: Readonly<Record<string, Meaning>>;
  conserved(state: S, params: P): readonly Conserved[];
  /** Within a factor of two of what the run then does. May integrate a coarser model for a fraction of a second. */
  estimate(params: P): Estimate;
  /** Memory for tables and work space of one run, bytes. Must be cheap: it is asked before anything of that size is made. */
  workingBytes(params: P): number;
  /** Absent: no two runs of this model share a beginning. */
  readonly sharing?: Sharing<P, S>;
}

/**
 * How long runs whose parameters differ only in what acts late are one and the same run, bit for bit, state and rows.
 *
 * A run may begin with any state of another one that was reached by untouched steps alone: from it both would take the same step next,
 * or the first one that tells them apart.
 */
export interface Sharing<P, S> {
  /** The parameters without those that may act late: runs that share a beginning have equal ones. JSON-safe. */
  early(params: P): unknown;
  /** Model time at which the run ends at the latest, s. */
  plannedEnd(params: P): number;
  /** Model time [s] from which on two runs with equal early parameters may differ; 0: from the start. */
  divergence(a: P, b: P): number;
  /** Whether the step from this state is the same in all runs that do not differ before `until` [s]. */
  untouched(state: S, params: P, until: number): boolean;
}

/** The integration cannot go on (unresolved step, non-finite rates). Never retried: the same state fails again. */
export class PhysicsError extends Error {
  override readonly name = 'PhysicsError';
}

/** An encoded state cannot be read: damaged, of another model, or of a newer version. */
export class StateError extends Error {
  override readonly name = 'StateError';
}
