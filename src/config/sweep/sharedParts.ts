/**
 * Makes values share their equal parts with the first one: thousands of specifications differ in a few leaves.
 * @returns a function that gives back an equal, frozen value
 */
export function sharing(): <T>(value: T) => T {
  let first: unknown;
  return <T>(value: T): T => {
    first ??= value;
    return shared(first, value) as T;
  };
}

function shared(model: unknown, value: unknown): unknown {
  if (Object.is(model, value) || !isTree(model) || !isTree(value)) return value;
  if (Array.isArray(model) !== Array.isArray(value)) return value;
  const names = Object.keys(value);
  const parts = names.map((name) => shared(model[name], value[name]));
  const same =
    names.length === Object.keys(model).length &&
    names.every((name, i) => name in model && equal(parts[i], model[name]));
  if (same) return model;
  if (Array.isArray(value)) return Object.freeze(parts);
  return Object.freeze(Object.fromEntries(names.map((name, i) => [name, parts[i]])));
}

const equal = (a: unknown, b: unknown) => Object.is(a, b);

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
