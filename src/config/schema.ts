import { z } from 'zod';
import { keys } from './keys/index.js';
import type { Key } from './keys/key.js';
import { boundsOf } from './keys/types.js';

type Tree = Map<string, Key | Tree>;

function treeOf(all: readonly Key[]): Tree {
  const root: Tree = new Map();
  for (const key of all) {
    const path = key.name.split('.');
    const leaf = path.pop()!;
    let branch = root;
    for (const part of path) {
      const next = branch.get(part) ?? new Map();
      if (!(next instanceof Map)) throw new Error(`${key.name}: ${part} is a key and a section`);
      branch.set(part, next);
      branch = next;
    }
    if (branch.has(leaf)) throw new Error(`${key.name} is defined twice`);
    branch.set(leaf, key);
  }
  return root;
}

/** What editors show when the cursor rests on a key. */
function hover(key: Key): string {
  const unit = key.unit === '' ? '' : ` [${key.unit}]`;
  if (key.status === 'dead') return `Without effect: ${key.becomes}.`;
  const planned = key.notYet.length > 0 ? ` Not implemented yet: ${key.notYet.join(', ')}.` : '';
  const only =
    key.status === 'refused' && !key.gate ? ` Other values are not implemented: ${key.becomes}.` : '';
  return `${key.meaning}${unit} Accepts ${boundsOf(key.type)}.${planned}${only}`;
}

/** @param dress puts descriptions on the type of a key */
function strict(tree: Tree, dress: (key: Key) => z.ZodType): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, entry] of tree) {
    shape[name] = entry instanceof Map ? strict(entry, dress).nullable().optional() : dress(entry);
  }
  return z.strictObject(shape);
}

const tree = treeOf(keys);

/** The nested shape of a configuration: every section a strict object, every key optional. Built from `keys` alone. */
export const configurationSchema = strict(tree, (key) => key.type.optional());

/** With what editors show; made on demand, because describing 300 keys takes longer than checking a configuration. */
function described(): z.ZodObject {
  return strict(tree, (key) => {
    const fallback = key.default == null ? {} : { default: key.default };
    return key.type.optional().meta({ description: hover(key), ...fallback });
  });
}

/** JSON Schema (draft 2020-12) for editors, derived from the same keys. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(described(), { io: 'input' }) as Record<string, unknown>;
  const properties = schema.properties as Record<string, unknown>;
  properties.physics = {
    type: 'object',
    description: 'Existing files: its entries count as if they stood at the root.',
  };
  properties.mode = { type: 'string', description: 'Existing files: the same as physics_mode.' };
  return { ...schema, title: 'marsdisk run' };
}
