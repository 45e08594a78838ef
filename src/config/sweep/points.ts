import { comparable } from '../identity.js';
import { keyNamed } from '../keys/index.js';
import type { Entry, Place } from '../source/entry.js';
import { keyOfAxis } from './axisNames.js';
import type { AxisValue } from './sweepSpec.js';
import type { Values } from './titles.js';

/** A case before it is resolved. */
export interface Point {
  readonly values: Values;
  /** Given by the user instead of being made of the values. */
  readonly title: string | null;
  /** Values that the title does not name. */
  readonly set: readonly Entry[];
  /** Where it was asked for. */
  readonly place: Place;
}

/** Equal for equal values however they were written: 1, 1.0 and 1e0; 1 yr and 365.25 d. */
export const comparableValue = (axis: string, value: AxisValue): string =>
  comparable(value, keyNamed.get(keyOfAxis(axis))?.unit ?? '');

export function comparableValues(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([axis, value]) => [axis, comparableValue(axis, value)]),
  );
}

/** Equal for cases with equal values of the same axes. */
export const pointKey = (values: Values): string =>
  JSON.stringify(Object.entries(comparableValues(values)).sort(([a], [b]) => (a < b ? -1 : 1)));

export interface Axis {
  readonly name: string;
  readonly values: readonly AxisValue[];
}

/** Axes that advance together, or a single one. */
export type AxisGroup = readonly Axis[];

const lengthOf = (group: AxisGroup) => group[0]!.values.length;

export const productSize = (groups: readonly AxisGroup[]): number =>
  groups.length === 0 ? 0 : groups.reduce((product, group) => product * lengthOf(group), 1);

/** All combinations, the last group changes fastest. */
export function* product(groups: readonly AxisGroup[]): Generator<Values> {
  const total = productSize(groups);
  for (let number = 0; number < total; number++) {
    let rest = number;
    const places = groups.toReversed().map((group) => {
      const at = rest % lengthOf(group);
      rest = Math.floor(rest / lengthOf(group));
      return group.map(({ name, values }) => [name, values[at]!] as const);
    });
    yield Object.fromEntries(places.reverse().flat());
  }
}

/** Conditions on the values of a case: for each axis one of several. */
export type Condition = ReadonlyMap<string, ReadonlySet<string>>;

export const meets = (values: Values, condition: Condition): boolean =>
  [...condition].every(
    ([axis, wanted]) => axis in values && wanted.has(comparableValue(axis, values[axis]!)),
  );
