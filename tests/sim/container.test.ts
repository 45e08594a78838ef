import { crc32, packState, unpackState } from '../../src/sim/container.js';
import { marsDisk } from '../../src/sim/mars/model.js';
import { StateError } from '../../src/sim/model.js';
import { modelNamed } from '../../src/sim/models.js';
import { BitRows } from './bytes.js';
import { diskParams } from './params.js';

const params = diskParams();
let left = 60;
const state = marsDisk.advance(marsDisk.initial(params), params, 1e9, () => --left <= 0, new BitRows());
const bytes = marsDisk.encode(state);

test('decode(encode) is the state, bit for bit', () => {
  const again = marsDisk.decode(bytes);
  expect(again).toEqual(state);
  for (const [key, value] of Object.entries(state)) {
    if (typeof value === 'number') expect(Object.is(again[key as keyof typeof again], value)).toBe(true);
  }
  expect(marsDisk.encode(again)).toEqual(bytes);
});

test('fromFields(fields) is the state, bit for bit', () => {
  const fields = marsDisk.fields(state);
  const again = marsDisk.fromFields(structuredClone(fields), marsDisk.schema);
  expect(marsDisk.encode(again)).toEqual(bytes);
  const held = [...Object.keys(fields.scalars), ...Object.keys(fields.arrays)];
  expect(held.sort()).toEqual(Object.keys(state).sort());
});

test('a state of the first format has no accounts', () => {
  const { accounts: _, ...arrays } = marsDisk.fields(state).arrays;
  const { scalars } = marsDisk.fields(state);
  const fields = { scalars, arrays: arrays as Record<string, Float64Array> };
  const first = packState('mars-disk', {
    ...{ schema: 1, scalars: Object.values(scalars), arrays: Object.values(fields.arrays) },
  });
  expect(marsDisk.decode(first)).toEqual({ ...state, accounts: new Float64Array(0) });
  expect(marsDisk.fromFields(fields, 1)).toEqual(marsDisk.decode(first));
});

test('fields that are missing, unknown, impossible or newer are refused', () => {
  const { scalars, arrays } = marsDisk.fields(state);
  const { step: _, ...fewer } = scalars;
  const refused = (fields: object, schema = marsDisk.schema) =>
    expect(() => marsDisk.fromFields({ scalars, arrays, ...fields }, schema)).toThrow(StateError);
  expect(() => marsDisk.fromFields({ scalars: fewer, arrays }, 1)).toThrow(/missing step, unknown none/);
  refused({ scalars: { ...scalars, more: 1 } });
  refused({ arrays: {} });
  refused({ scalars: { ...scalars, stop: 99 } });
  refused({}, marsDisk.schema + 1);
});

test('odd numbers survive', () => {
  const values = Float64Array.of(-0, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY, 0.1);
  const packed = packState('a model', {
    schema: 3,
    scalars: [-0, 1e-320],
    arrays: [values, new Float64Array(0)],
  });
  const found = unpackState('a model', 3, packed);
  expect(Object.is(found.scalars[0], -0)).toBe(true);
  expect(found.arrays[0]).toEqual(values);
  expect(found.arrays[1].length).toBe(0);
  expect(found.schema).toBe(3);
});

test('bytes from the middle of a larger buffer', () => {
  const wide = new Uint8Array(bytes.length + 13);
  wide.set(bytes, 5);
  expect(marsDisk.decode(wide.subarray(5, 5 + bytes.length))).toEqual(state);
});

test('the checksum is CRC-32', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('any changed byte is damage', () => {
  for (let i = 8; i < bytes.length; i++) {
    const damaged = bytes.slice();
    damaged[i] ^= 1 << (i % 8);
    expect(() => marsDisk.decode(damaged)).toThrow(StateError);
    expect(() => marsDisk.decode(damaged)).toThrow(/damaged/);
  }
});

test('a cut file is damage', () => {
  for (const length of [30, bytes.length - 8, bytes.length - 1]) {
    expect(() => marsDisk.decode(bytes.slice(0, length))).toThrow(/damaged/);
  }
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['text', new TextEncoder().encode('{"time": 0, "this is": "not a state of anything"}')],
])('%s is foreign', (_, foreign) => {
  expect(() => marsDisk.decode(foreign)).toThrow(StateError);
  expect(() => marsDisk.decode(foreign)).toThrow(/not a state of this program/);
});

test("another model's state is named", () => {
  const other = packState('other-model', { schema: 1, scalars: [1], arrays: [] });
  expect(() => marsDisk.decode(other)).toThrow(/belongs to the model 'other-model', not to 'mars-disk'/);
});

test('a newer format is named', () => {
  const newer = packState('mars-disk', { schema: 99, scalars: [1], arrays: [] });
  expect(() => marsDisk.decode(newer)).toThrow(/format 99, this program understands up to 3/);
});

test('a state with other contents is refused', () => {
  const other = packState('mars-disk', { schema: 1, scalars: [1, 2], arrays: [] });
  expect(() => marsDisk.decode(other)).toThrow(/2 numbers and 0 arrays/);
});

test('the registry knows the model and refuses others by name', () => {
  expect(modelNamed('mars-disk')).toBe(marsDisk);
  expect(() => modelNamed('saturn')).toThrow(/'saturn'; known: mars-disk/);
});
