/** Between the files and a model: the state of a run as a checkpoint, and back. */
import { type Model, type Readable, StateError } from '../../sim/model.js';
import { contradiction } from './binary.js';
import type { Checkpoint, CheckpointFormat, StoredCheckpoint } from './checkpoint.js';
import { CheckpointRefused } from './refusal.js';

/** The run that a checkpoint belongs to. */
export interface RunOf<P, S> {
  readonly model: Model<P, S>;
  readonly params: P;
  readonly identity: string;
}

/** @param rows rows written so far, in the order of the model's tables */
export function checkpointOf<P, S>(
  { model, params, identity }: RunOf<P, S>,
  state: S,
  rows: readonly number[],
  format: CheckpointFormat,
): Checkpoint {
  const { time, steps } = model.status(state, params);
  return {
    model: { name: model.name, schema: model.schema },
    identity,
    step: steps,
    time,
    rows: Object.fromEntries(model.tables(params).map((table, i) => [table.name, rows[i] ?? 0])),
    fields: model.fields(state),
    more: format === 'json' ? model.readable(state, params) : {},
  };
}

/** A checkpoint in the terms of the machinery. */
export interface Restored<S> {
  readonly state: S;
  /** In the order of the model's tables. */
  readonly rows: readonly number[];
}

/** @throws CheckpointRefused when it is of another model or run, or of a newer version, or contradicts itself */
export function restore<P, S>(run: RunOf<P, S>, found: StoredCheckpoint): Restored<S> {
  const { model, params, identity } = run;
  const { file } = found;
  if (found.model.name !== model.name) {
    throw new CheckpointRefused(
      file,
      'model',
      `belongs to the model '${found.model.name}', this run computes '${model.name}'`,
    );
  }
  if (found.model.schema > model.schema) {
    throw new CheckpointRefused(
      file,
      'newer',
      `holds a state of format ${found.model.schema} of ${model.name}, this program understands up to ${model.schema}`,
    );
  }
  if (found.identity !== identity) {
    throw new CheckpointRefused(
      file,
      'identity',
      `belongs to another run (identity ${found.identity.slice(0, 12)}, this one is ${identity.slice(0, 12)})`,
    );
  }
  const state = stateOf(run, found);
  const rows = model.tables(params).map(({ name }) => {
    const count = found.rows[name];
    if (count === undefined) throw contradiction(file, `it does not count the rows of ${name}`);
    return count;
  });
  return { state, rows };
}

function stateOf<P, S>({ model, params }: RunOf<P, S>, found: StoredCheckpoint): S {
  let state: S;
  try {
    state = model.fromFields(found.fields, found.model.schema);
  } catch (error) {
    if (error instanceof StateError) throw contradiction(found.file, error.message);
    throw error;
  }
  const { time, steps } = model.status(state, params);
  if (time !== found.time || steps !== found.step) {
    throw contradiction(
      found.file,
      `step ${found.step} at ${found.time} s, but its state is at step ${steps}, ${time} s`,
    );
  }
  for (const [name, value] of Object.entries(model.readable(state, params))) {
    if (name in found.more && !agree(found.more[name], value)) {
      throw contradiction(found.file, `${name} is not what the state says`);
    }
  }
  return state;
}

/** Another engine's mathematics may differ in the last digits; what must be exact are the fields of the state. */
const closeEnough = 1e-9;

function agree(found: unknown, expected: Readable): boolean {
  if (typeof expected === 'number') {
    const value = typeof found === 'string' ? Number(found) : found;
    if (typeof value !== 'number') return false;
    return Object.is(value, expected) || Math.abs(value - expected) <= closeEnough * Math.abs(expected);
  }
  if (typeof expected !== 'object' || expected === null) return found === expected;
  if (typeof found !== 'object' || found === null) return false;
  const names = Object.keys(expected);
  return (
    Object.keys(found).length === names.length &&
    names.every((name) =>
      agree((found as Record<string, unknown>)[name], (expected as Record<string, Readable>)[name]!),
    )
  );
}
