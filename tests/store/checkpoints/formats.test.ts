import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { marsDisk } from '../../../src/sim/mars/model.js';
import { encodeBinary } from '../../../src/store/checkpoints/binary.js';
import type { Checkpoint } from '../../../src/store/checkpoints/checkpoint.js';
import { parseCheckpoint, readCheckpoint, writeCheckpoint } from '../../../src/store/checkpoints/file.js';
import { encodeJson } from '../../../src/store/checkpoints/json.js';
import { CheckpointRefused } from '../../../src/store/checkpoints/refusal.js';
import { restore } from '../../../src/store/checkpoints/state.js';
import { blockBytes, stateHashOf } from '../../../src/store/checkpoints/stateHash.js';
import { sha256 } from '../../../src/store/durable.js';
import { drive, freshFolder, runOf, specOf } from './driven.js';

const encoders = { binary: encodeBinary, json: encodeJson };
const formats = ['binary', 'json'] as const;
const file = '/somewhere/checkpoint';

function sample(changes: Partial<Checkpoint> = {}): Checkpoint {
  return {
    model: { name: 'some-model', schema: 7 },
    identity: 'a'.repeat(64),
    step: 12,
    time: 0.1 + 0.2,
    rows: { run: 13, bins: 4 },
    fields: {
      scalars: { time: 0.1 + 0.2, minus: -0, none: Number.NaN, least: Number.MIN_VALUE },
      arrays: {
        y: Float64Array.of(-0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 1 / 3, 1e300),
        empty: new Float64Array(0),
      },
    },
    more: {},
    ...changes,
  };
}

const bytesOf = (checkpoint: Checkpoint, format: (typeof formats)[number]) =>
  Buffer.from(encoders[format](checkpoint));

function refusalOf(bytes: Buffer): CheckpointRefused {
  try {
    parseCheckpoint(file, bytes);
  } catch (error) {
    if (error instanceof CheckpointRefused) return error;
    throw error;
  }
  throw new Error('the bytes were accepted');
}

/** No field of a model can have this one: in a literal it sets the prototype. */
const name = fc.string().filter((text) => text !== '__proto__');

describe.each(formats)('%s', (format) => {
  test('gives back every bit', () => {
    const checkpoint = sample();
    const { fields, stateHash, ...found } = parseCheckpoint(file, bytesOf(checkpoint, format));
    const { fields: _, ...header } = checkpoint;
    expect(found).toMatchObject({ ...header, format });
    expect(bits(fields)).toEqual(bits(checkpoint.fields));
    expect(stateHash).toBe(stateHashOf(checkpoint.fields));
  });

  test('gives back any doubles, and the same bytes when written again', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.dictionary(name, fc.double()), (list, scalars) => {
        const fields = { scalars, arrays: { list: Float64Array.from(list) } };
        const bytes = bytesOf(sample({ fields }), format);
        const found = parseCheckpoint(file, bytes);
        expect(bits(found.fields)).toEqual(bits(fields));
        expect(bytesOf(found, format).equals(bytes)).toBe(true);
      }),
    );
  });

  test('keeps entries that it does not know', () => {
    const more = { added: { by: 'a newer program', list: [1, 'two', null] } };
    const found = parseCheckpoint(file, bytesOf(sample({ more }), format));
    expect(found.more).toEqual(more);
    expect(parseCheckpoint(file, bytesOf(found, format)).more).toEqual(more);
  });

  test('cut off at any length it is refused', () => {
    const bytes = bytesOf(sample(), format);
    for (let length = 0; length < bytes.length; length++) {
      expect([length, refusalOf(bytes.subarray(0, length)).kind]).toEqual([length, 'truncated']);
    }
  });

  test('with any bit flipped it is refused', () => {
    const bytes = bytesOf(sample(), format);
    const kinds = new Set<string>();
    for (let i = 0; i < 8 * bytes.length; i++) {
      const flipped = Buffer.from(bytes);
      flipped[i >> 3]! ^= 1 << (i & 7);
      kinds.add(refusalOf(flipped).kind);
    }
    // A damaged beginning cannot be told from another file.
    expect([...kinds].sort()).toEqual(['changed', 'foreign']);
  });

  test('a longer file is refused', () => {
    const bytes = bytesOf(sample(), format);
    expect(() => parseCheckpoint(file, Buffer.concat([bytes, Buffer.from('\n')]))).toThrow(CheckpointRefused);
  });

  test('a newer format is named', () => {
    const refused = refusalOf(resealed(bytesOf(sample(), format), /"schema": ?1,/, '"schema":2,'));
    expect(refused.kind).toBe('newer');
    expect(refused.message).toMatch(/format 2, this program understands up to 1/);
  });

  test.each([
    ['a number of the state', /(3fd5555555555555|0\.3333333333333333)/, '3fd5555555555554'],
    ['the step', /("step": ?|"step_no": )12/, '"step":-1'],
    ['a missing entry', /"identity"/, '"identiti"'],
    ['no JSON at all', /"rows"/, '"rows'],
  ])('a sealed file that contradicts itself is refused: %s', (_, find, put) => {
    const bytes = bytesOf(sample(), format);
    const from = Buffer.alloc(8);
    from.writeDoubleLE(1 / 3);
    const inData = bytes.indexOf(from);
    const changed =
      put.startsWith('3fd5') && format === 'binary'
        ? resealedAt(bytes, inData)
        : resealed(bytes, find, put.startsWith('3fd5') ? '0.3333333333333332' : put);
    const refused = refusalOf(changed);
    expect(refused.kind).toBe('changed');
    expect(refused.message).toMatch(/contradicts itself/);
  });

  test('the file of schema 1 is read as it was written', () => {
    const golden = path.join('tests/store/checkpoints/golden', format);
    const [name] = fs.readdirSync(golden);
    const found = readCheckpoint(path.join(golden, name!));
    const expected = JSON.parse(fs.readFileSync('tests/store/checkpoints/golden/expected.json', 'utf8'));
    expect(found).toMatchObject(expected.header);
    expect(JSON.parse(JSON.stringify(bits(found.fields)))).toEqual(expected.bits);
    expect(marsDisk.fromFields(found.fields, found.model.schema).steps).toBe(found.step);
  });
});

test('both formats have the same hash of the state', () => {
  const [a, b] = formats.map((format) => parseCheckpoint(file, bytesOf(sample(), format)).stateHash);
  expect(a).toBe(b);
});

test('a large state is stored in blocks of 4 MiB, each with its hash', () => {
  const y = Float64Array.from({ length: blockBytes / 8 + 3 }, (_, i) => Math.sqrt(i));
  const bytes = bytesOf(sample({ fields: { scalars: {}, arrays: { y } } }), 'binary');
  const header = JSON.parse(bytes.subarray(12, 12 + bytes.readUInt32LE(8)).toString());
  const second = Buffer.from(y.buffer, blockBytes);
  expect(header.arrays[0].blocks[1]).toEqual({
    off: blockBytes,
    len: 24,
    raw: 24,
    codec: 'raw',
    hash: sha256(second),
  });
  expect(parseCheckpoint(file, bytes).fields.arrays.y).toEqual(y);
});

test.each([
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1')],
  ['other JSON', Buffer.from('{\n  "format": "something else"\n}\n')],
  ['zeros', Buffer.alloc(3000)],
])('%s is no checkpoint', (_, bytes) => {
  const refused = refusalOf(bytes);
  expect(refused.kind).toBe('foreign');
  expect(refused.message).toMatch(/is not a checkpoint/);
});

test('a missing file and a folder are told apart', () => {
  const folder = freshFolder();
  expect(() => readCheckpoint(path.join(folder, 'none.bin'))).toThrow(/there is no such file/);
  expect(() => readCheckpoint(folder)).toThrow(/is a folder, not a checkpoint/);
});

test('a name that belongs to another state is refused, a name of its own is not', () => {
  const folder = freshFolder();
  const written = writeCheckpoint(folder, sample(), 'json');
  fs.copyFileSync(written, path.join(folder, 'mine.bin'));
  expect(readCheckpoint(path.join(folder, 'mine.bin')).step).toBe(12);
  const other = path.join(folder, path.basename(written).replace('000000012', '000000013'));
  fs.copyFileSync(written, other);
  expect(() => readCheckpoint(other)).toThrow(/its name belongs to step 13/);
});

describe('a checkpoint for a run', () => {
  test('of another model, another run, a newer state, or with tampered figures is refused', async () => {
    const spec = await specOf('reduced', 'numerics.checkpoint.format=json');
    const { checkpoints, outdir } = await drive(spec);
    const found = readCheckpoint(path.join(outdir, 'checkpoints', Object.keys(checkpoints)[1]!));
    const run = runOf(spec);
    const refused = (changes: object) => () => restore(run, { ...found, ...changes });
    expect(restore(run, found).rows).toEqual(Object.values(found.rows));
    expect(refused({ model: { name: 'saturn', schema: 1 } })).toThrow(/belongs to the model 'saturn'/);
    expect(refused({ model: { ...found.model, schema: 4 } })).toThrow(/state of format 4 of mars-disk/);
    expect(refused({ identity: 'b'.repeat(64) })).toThrow(
      `identity bbbbbbbbbbbb, this one is ${spec.identity.slice(0, 12)}`,
    );
    for (const name of [
      'sigma_surf',
      'psd_state',
      'M_loss_cum',
      'mass_lost_by_blowout',
      'mass_lost_by_sinks',
    ]) {
      expect(found.more).toHaveProperty(name);
      expect(refused({ more: { ...found.more, [name]: 1 } })).toThrow(`${name} is not what the state says`);
    }
    expect(found.more).toHaveProperty('supply_state');
    expect(found.more).toHaveProperty('rng_state', null);
    expect(found.more).toHaveProperty('T_M_current');
    expect(refused({ time: found.time + 1 })).toThrow(/but its state is at step/);
    expect(refused({ rows: {} })).toThrow(/does not count the rows of run/);
    const { y: _, ...arrays } = found.fields.arrays;
    expect(refused({ fields: { ...found.fields, arrays } })).toThrow(/missing y/);
  });
});

/** Every double as 16 digits. */
function bits({ scalars, arrays }: Checkpoint['fields']) {
  const text = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return bytes.toString('hex');
  };
  const named = <T, U>(group: Readonly<Record<string, T>>, show: (value: T) => U) =>
    Object.fromEntries(Object.entries(group).map(([name, value]) => [name, show(value)]));
  return { scalars: named(scalars, text), arrays: named(arrays, (array) => Array.from(array, text)) };
}

/** A file with other text, and a seal that fits it again. */
function resealed(bytes: Buffer, find: RegExp, put: string): Buffer {
  if (bytes.subarray(0, 8).toString() !== 'DSIMCK01') {
    const head = bytes.toString().replace(/,\n {2}"sha256": "\w+"\n\}\n$/, '');
    const changed = replaced(head, find, put);
    return Buffer.from(`${changed},\n  "sha256": "${sha256(changed)}"\n}\n`);
  }
  const length = bytes.readUInt32LE(8);
  const header = Buffer.from(replaced(bytes.subarray(12, 12 + length).toString(), find, put));
  const start = Buffer.alloc(Math.ceil((12 + header.length) / 64) * 64);
  start.write('DSIMCK01');
  start.writeUInt32LE(header.length, 8);
  header.copy(start, 12);
  const data = bytes.subarray(Math.ceil((12 + length) / 64) * 64, -40);
  return closed(Buffer.concat([start, data]));
}

function replaced(text: string, find: RegExp, put: string): string {
  expect(text).toMatch(find);
  return text.replace(find, put);
}

function resealedAt(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes.subarray(0, -40));
  changed[at]! ^= 1;
  return closed(changed);
}

function closed(head: Buffer): Buffer {
  return Buffer.concat([head, createHash('sha256').update(head).digest(), Buffer.from('DSIMCK01')]);
}
