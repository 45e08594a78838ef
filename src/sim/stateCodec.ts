import { packState, unpackState } from './container.js';
import { StateError, type StateFields } from './model.js';

/** What a model stores of its state, by name. */
export interface StateForm<State> {
  readonly model: string;
  /** Version of the encoded state; raise it with every change of fields and add a migration. */
  readonly schema: number;
  /** Numbers in the order in which they are stored; of an older version those that it knew. */
  scalars(schema: number): readonly (keyof State & string)[];
  /** Arrays likewise. */
  arrays(schema: number): readonly (keyof State & string)[];
  /** Fields of an older version with what it did not know yet. */
  migrated(fields: StateFields, schema: number): StateFields;
  /** The stops that `state.stop` may name. */
  readonly stops: object;
}

/** A model's `encode`, `decode`, `fields` and `fromFields`. */
export interface StateCodec<State> {
  encode(state: State): Uint8Array;
  /** @throws StateError */
  decode(bytes: Uint8Array): State;
  fields(state: State): StateFields;
  /** @throws StateError */
  fromFields(fields: StateFields, schema: number): State;
}

export function stateCodec<State extends { readonly stop: number }>(
  form: StateForm<State>,
): StateCodec<State> {
  const { model, schema: newest, stops } = form;
  const scalars = form.scalars(newest);
  const arrays = form.arrays(newest);

  function fields(state: State): StateFields {
    return {
      scalars: Object.fromEntries(scalars.map((name) => [name, state[name] as number])),
      arrays: Object.fromEntries(arrays.map((name) => [name, state[name] as Float64Array])),
    };
  }

  function fromFields(found: StateFields, schema: number): State {
    if (schema > newest) {
      throw new StateError(
        `the state has format ${schema}, this program understands up to ${newest}; use the newer program that wrote it`,
      );
    }
    const whole = form.migrated(found, schema);
    requireNames('numbers', scalars, whole.scalars);
    requireNames('arrays', arrays, whole.arrays);
    const state = { ...whole.scalars, ...whole.arrays } as unknown as State;
    if (!(state.stop in stops)) throw new StateError(`the state names an unknown stop, ${state.stop}`);
    return state;
  }

  function encode(state: State): Uint8Array {
    const values = fields(state);
    return packState(model, {
      schema: newest,
      scalars: Object.values(values.scalars),
      arrays: Object.values(values.arrays),
    });
  }

  function decode(bytes: Uint8Array): State {
    const packed = unpackState(model, newest, bytes);
    const names = { scalars: form.scalars(packed.schema), arrays: form.arrays(packed.schema) };
    if (packed.scalars.length !== names.scalars.length || packed.arrays.length !== names.arrays.length) {
      throw new StateError(
        `the state holds ${packed.scalars.length} numbers and ${packed.arrays.length} arrays, ${names.scalars.length} and ${names.arrays.length} were expected`,
      );
    }
    return fromFields(
      { scalars: named(names.scalars, packed.scalars), arrays: named(names.arrays, packed.arrays) },
      packed.schema,
    );
  }

  return { encode, decode, fields, fromFields };
}

const named = <T>(names: readonly string[], values: readonly T[]): Record<string, T> =>
  Object.fromEntries(names.map((name, i) => [name, values[i]!]));

function requireNames(what: string, names: readonly string[], found: object): void {
  const there = Object.keys(found);
  const missing = names.filter((name) => !there.includes(name));
  const unknown = there.filter((name) => !names.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new StateError(
    `the state does not hold the ${what} of this model: missing ${missing.join(', ') || 'none'}, unknown ${unknown.join(', ') || 'none'}`,
  );
}
