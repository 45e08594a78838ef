/**
 * The readable format: one JSON object, every double as its shortest decimals, -0, NaN and the infinities as text. Its last entry is the
 * SHA-256 of all bytes in front of it.
 */
import { z } from 'zod';
import { sha256 } from '../durable.js';
import { contradiction, newer } from './binary.js';
import { type Checkpoint, fileSchema, type StoredCheckpoint } from './checkpoint.js';
import { type Seal, sealed } from './seal.js';
import { stateHashOf } from './stateHash.js';

const format = 'marsdisk-checkpoint';
/** First bytes of every file. */
export const opening = Buffer.from(`{\n  "format": "${format}",`);

const beforeHash = ',\n  "sha256": "';
const afterHash = '"\n}\n';

const seal: Seal = {
  length: beforeHash.length + 64 + afterHash.length,
  of: (head) => Buffer.from(`${beforeHash}${sha256(head)}${afterHash}`),
  marks(tail) {
    const text = Buffer.from(tail).toString('latin1');
    return text.startsWith(beforeHash) && text.endsWith(afterHash);
  },
};

const tagged = z.union([
  z.number(),
  z.enum(['-0', 'NaN', 'Infinity', '-Infinity']).transform((text) => Number(text)),
]);
const count = z.int().min(0);

const contents = z.looseObject({
  format: z.literal(format),
  schema: z.int().min(1),
  model: z.object({ name: z.string(), schema: z.int() }),
  identity: z.string(),
  step_no: count,
  time: tagged,
  rows: z.record(z.string(), count),
  state: z.object({
    scalars: z.record(z.string(), tagged),
    arrays: z.record(z.string(), z.array(tagged)),
  }),
  state_hash: z.string(),
});

export function encodeJson(checkpoint: Checkpoint): Uint8Array {
  const { fields } = checkpoint;
  const arrays = Object.entries(fields.arrays).map(([name, array]) => [name, [...array]]);
  const value = {
    format,
    schema: fileSchema,
    model: checkpoint.model,
    identity: checkpoint.identity,
    step_no: checkpoint.step,
    time: checkpoint.time,
    rows: checkpoint.rows,
    ...checkpoint.more,
    state: { scalars: fields.scalars, arrays: Object.fromEntries(arrays) },
    state_hash: stateHashOf(fields),
  };
  const head = Buffer.from(print(value, '').slice(0, -'\n}'.length));
  return Buffer.concat([head, seal.of(head)]);
}

/** Groups over several lines, lists on one. */
function print(value: unknown, indent: string): string {
  if (typeof value === 'number') return JSON.stringify(tag(value));
  if (Array.isArray(value)) return `[${value.map((item) => print(item, indent)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(
    ([name, item]) => `${inner}${JSON.stringify(name)}: ${print(item, inner)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

/** What JSON cannot hold, as text. JSON.stringify writes the shortest decimals that read back. */
function tag(value: number): number | string {
  return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value);
}

/** @throws CheckpointRefused for anything but a file that `encodeJson`, or an older program, has written */
export function decodeJson(file: string, bytes: Uint8Array): StoredCheckpoint {
  const head = sealed(file, bytes, seal);
  const value = parsed(file, Buffer.from(head).toString());
  const { schema } = value as { schema?: unknown };
  if (typeof schema === 'number' && schema > fileSchema) throw newer(file, schema);
  const outcome = contents.safeParse(value);
  if (!outcome.success) throw contradiction(file, z.prettifyError(outcome.error));
  const {
    format: _,
    schema: __,
    model,
    identity,
    step_no,
    time,
    rows,
    state,
    state_hash,
    ...more
  } = outcome.data;
  const arrays = Object.entries(state.arrays).map(([name, list]) => [name, Float64Array.from(list)]);
  return {
    file,
    format: 'json',
    bytes: bytes.length,
    model,
    identity,
    step: step_no,
    time,
    rows,
    fields: { scalars: state.scalars, arrays: Object.fromEntries(arrays) },
    stateHash: state_hash,
    more,
  };
}

function parsed(file: string, head: string): object {
  try {
    return Object(JSON.parse(`${head}\n}`));
  } catch (error) {
    throw contradiction(file, `it is not JSON (${error instanceof Error ? error.message : error})`);
  }
}
