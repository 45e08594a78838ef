import { keyNamed } from '../../config/keys/index.js';
import { keyOfAxis } from '../../config/sweep/axisNames.js';
import type { Meaning } from '../../sim/model.js';
import { models } from '../../sim/models.js';
import type { Meanings } from './columns.js';
import { conservedIn } from './results.js';

const unknown: Meaning = { unit: '', meaning: '' };

/** @param model null: a batch of the original program, which knows the Mars disk only */
export function meaningsFor(model: string | null): Meanings {
  const results = models.find(({ name }) => name === (model ?? 'mars-disk'))?.summaryMeanings ?? {};
  return { axis: axisMeaning, result: (name) => results[name] ?? conservedMeaning(name) ?? unknown };
}

function axisMeaning(name: string): Meaning {
  const key = keyNamed.get(keyOfAxis(name));
  return key === undefined ? unknown : { unit: key.unit, meaning: `${key.name}: ${key.meaning}` };
}

function conservedMeaning(name: string): Meaning | null {
  const quantity = conservedIn(name);
  return quantity === null ? null : { unit: '', meaning: `largest relative error of the ${quantity}` };
}
