/**
 * One value that holds a JSON header and binary blobs. A segment returns its record and the next state together, and Temporal carries
 * only a top-level `Uint8Array` as binary: nested in an object every byte would become a JSON property.
 *
 * Layout: u32le header length, header (UTF-8 JSON `{header, sizes}`), then the blobs one after the other.
 */
export interface Envelope<H> {
  readonly header: H;
  readonly blobs: readonly Uint8Array[];
}

export function pack<H>(header: H, blobs: readonly Uint8Array[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify({ header, sizes: blobs.map((blob) => blob.length) }));
  const total = blobs.reduce((sum, blob) => sum + blob.length, 4 + head.length);
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const blob of blobs) {
    bytes.set(blob, at);
    at += blob.length;
  }
  return bytes;
}

/** @throws RangeError or SyntaxError when the bytes are not an envelope. */
export function unpack<H>(bytes: Uint8Array): Envelope<H> {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength)));
  const blobs: Uint8Array[] = [];
  let at = 4 + headLength;
  for (const size of head.sizes as number[]) {
    if (at + size > bytes.length) throw new RangeError('envelope is shorter than its header says');
    blobs.push(bytes.slice(at, at + size));
    at += size;
  }
  return { header: head.header as H, blobs };
}
