import { packState, unpackState } from '../container.js';
import { StateError, type StateFields } from '../model.js';
import { type LegacyState, type LegacyStop, legacyStops } from './state.js';

export const legacyName = 'mars-legacy';

/** Version of the encoded state; raise it with every change of fields and add a migration. */
export const legacySchema = 1;

/** Scalars in the order in which they are stored. */
const scalarFields = [
  'steps',
  'stop',
  'sigma',
  'deep',
  'smallest',
  'effective',
  'floor',
  'opacity',
  'blown',
  'sunk',
  'sublimed',
  'escaped',
  'feedback',
  'reservoir',
  'emptiedAt',
  'movedIn',
  'movedOut',
  'covered',
  'elapsed',
  'orbitTime',
  'orbitBlown',
  'orbitSunk',
  'orbits',
  'lastTau1',
  'largestError',
  'solidTime',
  'blowoutTime',
  'rows',
  'samples',
  'sampleStride',
] as const satisfies readonly (keyof LegacyState)[];
/** Arrays likewise. */
const arrayFields = [
  'sizes',
  'number',
  'extrema',
  'sampled',
] as const satisfies readonly (keyof LegacyState)[];

export function fieldsOf(state: LegacyState): StateFields {
  return {
    scalars: Object.fromEntries(scalarFields.map((field) => [field, state[field]])),
    arrays: Object.fromEntries(arrayFields.map((field) => [field, state[field]])),
  };
}

/** @throws StateError */
export function stateFromFields({ scalars, arrays }: StateFields, schema: number): LegacyState {
  if (schema > legacySchema) {
    throw new StateError(
      `the state has format ${schema}, this program understands up to ${legacySchema}; use the newer program that wrote it`,
    );
  }
  requireNames('numbers', scalarFields, scalars);
  requireNames('arrays', arrayFields, arrays);
  const { stop, ...numbers } = scalars as Record<(typeof scalarFields)[number], number>;
  if (!(stop in legacyStops)) throw new StateError(`the state names an unknown stop, ${stop}`);
  const lists = arrays as Record<(typeof arrayFields)[number], Float64Array>;
  return { ...numbers, stop: stop as LegacyStop, ...lists };
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

export function encodeState(state: LegacyState): Uint8Array {
  const { scalars, arrays } = fieldsOf(state);
  return packState(legacyName, {
    schema: legacySchema,
    scalars: Object.values(scalars),
    arrays: Object.values(arrays),
  });
}

/** @throws StateError */
export function decodeState(bytes: Uint8Array): LegacyState {
  const { schema, scalars, arrays } = unpackState(legacyName, legacySchema, bytes);
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
