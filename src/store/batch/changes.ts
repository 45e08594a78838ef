/** What tells one JSON value from another, so that thousands of cases that differ in a few leaves need not be written down in full. */

/** Path of a leaf and its value; absent `value`: the leaf is gone. */
export interface Change {
  readonly at: readonly string[];
  readonly value?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes that make `after` of `before`. Arrays count as leaves. */
export function changesBetween(before: unknown, after: unknown, at: readonly string[] = []): Change[] {
  if (Object.is(before, after)) return [];
  if (!isFields(before) || !isFields(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ at, value: after }];
  }
  const gone = Object.keys(before).filter((key) => !(key in after));
  return [
    ...gone.map((key) => ({ at: [...at, key] })),
    ...Object.keys(after).flatMap((key) =>
      key in before
        ? changesBetween(before[key], after[key], [...at, key])
        : [{ at: [...at, key], value: after[key] }],
    ),
  ];
}

/** `before` with the changes; shares what stays the same. */
export function withChanges<T>(before: T, changes: readonly Change[]): T {
  return changes.reduce((value, change) => withChange(value, change), before as unknown) as T;
}

function withChange(before: unknown, { at, ...rest }: Change): unknown {
  const [key, ...deeper] = at;
  if (key === undefined) return rest.value;
  const { [key]: old, ...others } = (before ?? {}) as Record<string, unknown>;
  if (deeper.length === 0 && !('value' in rest)) return others;
  return { ...(before as object), [key]: withChange(old, { at: deeper, ...rest }) };
}
