/**
 * The binary format: "DSIMCK01" | header length u32le | header (canonical JSON) | zeros up to a multiple of 64 | blocks |
 * SHA-256 of all before | "DSIMCK01". Offsets of blocks count from the first one.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../config/identity.js';
import { sha256 } from '../durable.js';
import { type Checkpoint, fileSchema, type StoredCheckpoint } from './checkpoint.js';
import { CheckpointRefused } from './refusal.js';
import { type Seal, sealed } from './seal.js';
import { arrayNames, blocksOf, fromHex, hexOf, littleEndian, stateHashOf } from './stateHash.js';

export const magic = Buffer.from('DSIMCK01', 'latin1');

const prefix = magic.length + 4;
const count = z.int().min(0);
const bits = z.string().regex(/^[0-9a-f]{16}$/);

const header = z.looseObject({
  schema: z.int().min(1),
  model: z.object({ name: z.string(), version: z.int() }),
  identity: z.string(),
  cursor: z.object({ step: count, simTimeHex: bits }),
  rows: z.record(z.string(), count),
  scalars: z.record(z.string(), bits),
  arrays: z.array(
    z.object({
      name: z.string(),
      dtype: z.literal('f64le'),
      shape: z.tuple([count]),
      blocks: z.array(
        z.object({ off: count, len: count, raw: count, codec: z.literal('raw'), hash: z.string() }),
      ),
    }),
  ),
  stateHash: z.string(),
});

type Header = z.infer<typeof header>;

const seal: Seal = {
  length: 32 + magic.length,
  of: (head) => Buffer.concat([createHash('sha256').update(head).digest(), magic]),
  marks: (tail) => magic.equals(tail.subarray(32)),
};

export function encodeBinary(checkpoint: Checkpoint): Uint8Array {
  const { fields } = checkpoint;
  const blocks: Uint8Array[] = [];
  let off = 0;
  const arrays = arrayNames(fields).map((name) => ({
    name,
    dtype: 'f64le' as const,
    shape: [fields.arrays[name]!.length] as [number],
    blocks: blocksOf(fields.arrays[name]!).map(({ bytes, hash }) => {
      const block = { off, len: bytes.length, raw: bytes.length, codec: 'raw' as const, hash };
      blocks.push(bytes);
      off += bytes.length;
      return block;
    }),
  }));
  const contents: Header = {
    ...checkpoint.more,
    schema: fileSchema,
    model: { name: checkpoint.model.name, version: checkpoint.model.schema },
    identity: checkpoint.identity,
    cursor: { step: checkpoint.step, simTimeHex: hexOf(checkpoint.time) },
    rows: checkpoint.rows,
    scalars: Object.fromEntries(Object.entries(fields.scalars).map(([name, value]) => [name, hexOf(value)])),
    arrays,
    stateHash: stateHashOf(fields),
  };
  const text = Buffer.from(canonicalJson(contents));
  const start = Buffer.alloc(firstBlock(text.length));
  magic.copy(start);
  start.writeUInt32LE(text.length, magic.length);
  text.copy(start, prefix);
  const head = Buffer.concat([start, ...blocks]);
  return Buffer.concat([head, seal.of(head)]);
}

/** Where the blocks begin. */
function firstBlock(headerLength: number): number {
  return Math.ceil((prefix + headerLength) / 64) * 64;
}

/** @throws CheckpointRefused for anything but a file that `encodeBinary`, or an older program, has written */
export function decodeBinary(file: string, bytes: Uint8Array): StoredCheckpoint {
  const head = sealed(file, bytes, seal);
  const view = Buffer.from(head.buffer, head.byteOffset, head.length);
  const length = head.length < prefix ? 0 : view.readUInt32LE(magic.length);
  const found = headerOf(file, view.subarray(prefix, prefix + length));
  const data = view.subarray(firstBlock(length));
  const arrays: Record<string, Float64Array> = {};
  for (const { name, shape, blocks } of found.arrays)
    arrays[name] = arrayOf(file, data, name, shape[0], blocks);
  const { schema: _, model, identity, cursor, rows, scalars, arrays: __, stateHash, ...more } = found;
  const fields = {
    scalars: Object.fromEntries(Object.entries(scalars).map(([name, hex]) => [name, fromHex(hex)])),
    arrays,
  };
  const time = fromHex(cursor.simTimeHex);
  return {
    file,
    format: 'binary',
    bytes: bytes.length,
    model: { name: model.name, schema: model.version },
    identity,
    step: cursor.step,
    time,
    rows,
    fields,
    stateHash,
    more,
  };
}

function headerOf(file: string, text: Buffer): Header {
  const value = parsed(file, text);
  const { schema } = value as { schema?: unknown };
  if (typeof schema === 'number' && schema > fileSchema) throw newer(file, schema);
  const outcome = header.safeParse(value);
  if (!outcome.success) throw contradiction(file, z.prettifyError(outcome.error));
  return outcome.data;
}

function parsed(file: string, text: Buffer): object {
  try {
    return Object(JSON.parse(text.toString()));
  } catch (error) {
    throw contradiction(file, `the header is not JSON (${error instanceof Error ? error.message : error})`);
  }
}

function arrayOf(
  file: string,
  data: Buffer,
  name: string,
  length: number,
  blocks: Header['arrays'][number]['blocks'],
): Float64Array {
  const pieces = blocks.map(({ off, len, hash }) => {
    const piece = data.subarray(off, off + len);
    if (sha256(piece) !== hash) throw contradiction(file, `a block of ${name} does not fit its SHA-256`);
    return piece;
  });
  const bytes = littleEndian(Buffer.concat(pieces));
  if (bytes.length !== 8 * length) {
    throw contradiction(file, `${name} has ${bytes.length} bytes, ${length} doubles were announced`);
  }
  const array = new Float64Array(length);
  bytes.copy(Buffer.from(array.buffer));
  return array;
}

export function newer(file: string, schema: number): CheckpointRefused {
  return new CheckpointRefused(
    file,
    'newer',
    `is a checkpoint of format ${schema}, this program understands up to ${fileSchema}`,
  );
}

/** Its seal is intact, so another program, or a hand, has written it. */
export function contradiction(file: string, what: string): CheckpointRefused {
  return new CheckpointRefused(file, 'changed', `contradicts itself: ${what}`);
}
