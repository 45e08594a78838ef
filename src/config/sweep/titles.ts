import { standardAxes } from './axisNames.js';
import { safeName } from './safeName.js';
import type { AxisValue } from './sweepSpec.js';

export type Values = Readonly<Record<string, AxisValue>>;

/** Ratios are written with a decimal, as people and the original do: 1 is `1.0`. */
const withDecimal = new Set(['eps', 'tau', 'i0', 'mu']);

/** A value as lists and titles show it: by value, so that 1, 1.0 and 1e0 look the same. */
export function valueText(axis: string, value: AxisValue): string {
  if (value === null) return 'none';
  const text = String(Object.is(value, -0) ? 0 : value);
  return withDecimal.has(axis) && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function pieceOf(name: string, axis: string, value: AxisValue): string {
  const text = valueText(axis, value);
  return `${name}${typeof value === 'number' ? text.replaceAll('.', 'p').replaceAll('+', '') : safeName(text)}`;
}

/** Axes in the order in which titles name them: the standard ones first. */
export function titleOrder(axes: Iterable<string>): string[] {
  const all = [...new Set(axes)];
  const standard = [...standardAxes.keys()].filter((axis) => all.includes(axis));
  return [...standard, ...all.filter((axis) => !standardAxes.has(axis))];
}

/** The last part of a key is enough where no other axis ends on it. */
function shortNames(order: readonly string[]): Map<string, string> {
  const last = (axis: string) => axis.slice(axis.lastIndexOf('.') + 1);
  return new Map(
    order.map((axis) => {
      const alone = order.every((other) => other === axis || last(other) !== last(axis));
      return [axis, alone ? last(axis) : axis.replaceAll('.', '_')];
    }),
  );
}

/**
 * Names cases by their values: `T4000_eps0p5_tau1p0_i00p05` for the standard axes, `key{value}` otherwise.
 * @param axes all that the sweep knows
 */
export function titling(axes: Iterable<string>): (values: Values) => string {
  const order = titleOrder(axes);
  const names = shortNames(order);
  return (values) =>
    safeName(
      order
        .filter((axis) => axis in values)
        .map((axis) => pieceOf(names.get(axis)!, axis, values[axis]!))
        .join('_'),
    );
}
