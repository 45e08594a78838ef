import { marsLegacy } from './legacy/model.js';
import { marsDisk } from './mars/model.js';
import type { Model } from './model.js';

/** All models a run can name. */
// biome-ignore lint/suspicious/noExplicitAny: the machinery treats parameters and states as opaque
const registry: Model<any, any>[] = [marsDisk, marsLegacy];

// biome-ignore lint/suspicious/noExplicitAny: see above
export const models: readonly Model<any, any>[] = registry;

/** Makes one more model known to this thread: every process and compute thread that meets its runs must do so. */
export function registerModel<P, S>(model: Model<P, S>): void {
  registry.push(model);
}

/**
 * @throws RangeError when no model has the name
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export function modelNamed(name: string): Model<any, any> {
  const found = models.find((model) => model.name === name);
  if (found === undefined) {
    throw new RangeError(
      `no model is called '${name}'; known: ${models.map((model) => model.name).join(', ')}`,
    );
  }
  return found;
}

/** A model with the parameters of one run. */
export interface BoundModel {
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly model: Model<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: checked by the model's schema
  readonly params: any;
}

/** Runs whose parameters stay at hand: as many as are computed and finished side by side. */
const boundAtHand = 8;

const bound = new Map<string, BoundModel>();

/**
 * What a specification asks for: its model, and its parameters as the model's schema takes them. The same identity gives the same parameters
 * object for a while, because coefficient tables hang on it.
 */
export function modelOf(spec: {
  readonly model: string;
  readonly params: unknown;
  readonly identity: string;
}): BoundModel {
  const known = bound.get(spec.identity);
  const model = modelNamed(spec.model);
  const found = known?.model === model ? known : { model, params: model.params.parse(spec.params) };
  bound.delete(spec.identity);
  bound.set(spec.identity, found);
  for (const oldest of bound.keys()) {
    if (bound.size <= boundAtHand) break;
    bound.delete(oldest);
  }
  return found;
}
