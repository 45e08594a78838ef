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
  let same = names.length === Object.keys(model).length;
  let changed: Record<string, unknown> | undefined;
  for (const name of names) {
    const part = shared(model[name], value[name]);
    same &&= Object.is(part, model[name]) && name in model;
    if (!Object.is(part, value[name])) {
      changed ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      changed[name] = part;
    }
  }
  if (same) return model;
  return changed === undefined ? value : Object.freeze(changed);
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
