import { StateError } from './model.js';

/** First bytes of every encoded state; the line ends show a transfer that changed them. */
const magic = Uint8Array.of(0x89, 0x4d, 0x53, 0x54, 0x0d, 0x0a, 0x1a, 0x0a);

/** What a state is made of on its way to bytes: numbers only, bit for bit. */
export interface PackedState {
  readonly schema: number;
  readonly scalars: readonly number[];
  readonly arrays: readonly Float64Array[];
}

/**
 * Layout, little-endian: magic (8) | schema u32 | name length u8, name ASCII | number of arrays u32, lengths u32 (scalars first) |
 * f64 values | CRC-32 of all before it, u32.
 */
export function packState(name: string, state: PackedState): Uint8Array {
  const arrays = [Float64Array.from(state.scalars), ...state.arrays];
  const header = magic.length + 4 + 1 + name.length + 4 + 4 * arrays.length;
  const values = arrays.reduce((sum, array) => sum + array.length, 0);
  const bytes = new Uint8Array(header + 8 * values + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, state.schema, true);
  view.setUint8(12, name.length);
  for (let i = 0; i < name.length; i++) view.setUint8(13 + i, name.charCodeAt(i));
  let at = 13 + name.length;
  view.setUint32(at, arrays.length, true);
  at += 4;
  for (const array of arrays) {
    view.setUint32(at, array.length, true);
    at += 4;
  }
  for (const array of arrays) {
    for (const value of array) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true);
  return bytes;
}

/**
 * @param name model the bytes must belong to; @param schema newest version that is understood
 * @throws StateError when the bytes are damaged, of another model, or of a newer version
 */
export function unpackState(name: string, schema: number, bytes: Uint8Array): PackedState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 25 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new StateError(
      `these ${bytes.length} bytes are not a state of this program; give a checkpoint that it has written`,
    );
  }
  const end = bytes.length - 4;
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw new StateError(
      `the state of ${bytes.length} bytes is damaged: its checksum does not match; go back to another checkpoint`,
    );
  }
  const found = String.fromCharCode(...bytes.subarray(13, 13 + view.getUint8(12)));
  if (found !== name) throw new StateError(`the state belongs to the model '${found}', not to '${name}'`);
  const version = view.getUint32(8, true);
  if (version > schema) {
    throw new StateError(
      `the state has format ${version}, this program understands up to ${schema}; use the newer program that wrote it`,
    );
  }
  const [scalars, ...arrays] = readArrays(view, 13 + found.length, end);
  return { schema: version, scalars: Array.from(scalars), arrays };
}

function readArrays(view: DataView, start: number, end: number): Float64Array[] {
  const count = view.getUint32(start, true);
  let at = start + 4 + 4 * count;
  const arrays: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const array = new Float64Array(view.getUint32(start + 4 + 4 * i, true));
    for (let j = 0; j < array.length; j++, at += 8) array[j] = view.getFloat64(at, true);
    arrays.push(array);
  }
  if (at !== end) throw new StateError('the state is damaged: its length does not fit its contents');
  return arrays;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 (IEEE 802.3, as in zip and PNG). */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
