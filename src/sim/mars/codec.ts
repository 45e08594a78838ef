import { packState, unpackState } from '../container.js';
import { StateError, type StateFields } from '../model.js';
import type { MarsState } from './state.js';
import { type StopCode, stopReasons } from './stops.js';

export const modelName = 'mars-disk';

/** Version of the encoded state; raise it with every change of fields and add a migration to `migrated`. 2: accounts. */
export const stateSchema = 2;

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
const arrayFields = ['y', 'extrema', 'accounts'] as const satisfies readonly (keyof MarsState)[];

export function fieldsOf(state: MarsState): StateFields {
  return {
    scalars: Object.fromEntries(scalarFields.map((field) => [field, state[field]])),
    arrays: Object.fromEntries(arrayFields.map((field) => [field, state[field]])),
  };
}

/** @throws StateError */
export function stateFromFields(fields: StateFields, schema: number): MarsState {
  if (schema > stateSchema) {
    throw new StateError(
      `the state has format ${schema}, this program understands up to ${stateSchema}; use the newer program that wrote it`,
    );
  }
  const { scalars, arrays } = migrated(fields, schema);
  requireNames('numbers', scalarFields, scalars);
  requireNames('arrays', arrayFields, arrays);
  const { stop, ...numbers } = scalars as Record<(typeof scalarFields)[number], number>;
  const { y, extrema, accounts } = arrays as Record<(typeof arrayFields)[number], Float64Array>;
  if (!(stop in stopReasons)) throw new StateError(`the state names an unknown stop, ${stop}`);
  return { ...numbers, stop: stop as StopCode, y, extrema, accounts };
}

/** Fields of an older version with what it did not know yet. */
function migrated({ scalars, arrays }: StateFields, schema: number): StateFields {
  if (schema >= 2) return { scalars, arrays };
  return { scalars, arrays: { ...arrays, accounts: new Float64Array(0) } };
}

/** Arrays of a version, in the order in which they are stored. */
const arraysOf = (schema: number) => arrayFields.slice(0, schema >= 2 ? 3 : 2);

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
  const names = arraysOf(schema);
  if (scalars.length !== scalarFields.length || arrays.length !== names.length) {
    throw new StateError(
      `the state holds ${scalars.length} numbers and ${arrays.length} arrays, ${scalarFields.length} and ${names.length} were expected`,
    );
  }
  const named = <T>(fields: readonly string[], values: readonly T[]) =>
    Object.fromEntries(fields.map((name, i) => [name, values[i]!]));
  return stateFromFields({ scalars: named(scalarFields, scalars), arrays: named(names, arrays) }, schema);
}
