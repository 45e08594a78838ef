import { packState, unpackState } from '../container.js';
import { StateError, type StateFields } from '../model.js';
import type { MarsState } from './state.js';
import { type StopCode, stopReasons } from './stops.js';

export const modelName = 'mars-disk';

/** Version of the encoded state; raise it with every change of fields and add a migration to `decodeState`. */
export const stateSchema = 1;

/** Scalars in the order in which they are stored. */
const scalarFields = [
  'time',
  'step',
  'steps',
  'rejected',
  'nextOutput',
  'rows',
  'stop',
  'thickBoundAt',
  'thickAt',
  'largestMassError',
] as const satisfies readonly (keyof MarsState)[];
/** Arrays likewise. */
const arrayFields = ['y', 'extrema'] as const satisfies readonly (keyof MarsState)[];

export function fieldsOf(state: MarsState): StateFields {
  return {
    scalars: Object.fromEntries(scalarFields.map((field) => [field, state[field]])),
    arrays: Object.fromEntries(arrayFields.map((field) => [field, state[field]])),
  };
}

/** @throws StateError */
export function stateFromFields({ scalars, arrays }: StateFields, schema: number): MarsState {
  if (schema > stateSchema) {
    throw new StateError(
      `the state has format ${schema}, this program understands up to ${stateSchema}; use the newer program that wrote it`,
    );
  }
  requireNames('numbers', scalarFields, scalars);
  requireNames('arrays', arrayFields, arrays);
  const { stop, ...numbers } = scalars as Record<(typeof scalarFields)[number], number>;
  const { y, extrema } = arrays as Record<(typeof arrayFields)[number], Float64Array>;
  if (!(stop in stopReasons)) throw new StateError(`the state names an unknown stop, ${stop}`);
  return { ...numbers, stop: stop as StopCode, y, extrema };
}

function requireNames(what: string, names: readonly string[], found: object): void {
  const there = Object.keys(found);
  const missing = names.filter((name) => !there.includes(name));
  const unknown = there.filter((name) => !names.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new StateError(
    `the state does not hold the ${what} of this model: missing ${missing.join(', ') || 'none'}, unknown ${unknown.join(', ') || 'none'}`,
  );
}

export function encodeState(state: MarsState): Uint8Array {
  const { scalars, arrays } = fieldsOf(state);
  return packState(modelName, {
    schema: stateSchema,
    scalars: Object.values(scalars),
    arrays: Object.values(arrays),
  });
}

/** @throws StateError */
export function decodeState(bytes: Uint8Array): MarsState {
  const { schema, scalars, arrays } = unpackState(modelName, stateSchema, bytes);
  if (scalars.length !== scalarFields.length || arrays.length !== arrayFields.length) {
    throw new StateError(
      `the state holds ${scalars.length} numbers and ${arrays.length} arrays, ${scalarFields.length} and ${arrayFields.length} were expected`,
    );
  }
  const named = <T>(names: readonly string[], values: readonly T[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  return stateFromFields(
    { scalars: named(scalarFields, scalars), arrays: named(arrayFields, arrays) },
    schema,
  );
}
