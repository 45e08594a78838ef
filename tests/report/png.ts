import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, red first. */
  readonly rgba: Uint8Array;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 4) return paeth(left, up, corner);
  throw new Error(`PNG: unknown row filter ${filter}`);
}

/** Undoes the row filters of a PNG (ISO 15948, section 9) for four bytes a pixel. */
function unfilter(filtered: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * 4;
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * (stride + 1);
    const filter = filtered[from]!;
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at >= 4 ? out[here - 4]! : 0;
      const up = row > 0 ? out[here - stride]! : 0;
      const corner = at >= 4 && row > 0 ? out[here - stride - 4]! : 0;
      out[here] = filtered[from + 1 + at]! + predict(filter, left, up, corner);
    }
  }
  return out;
}

/** Decodes an 8-bit RGBA PNG without interlacing, the kind that the renderer writes. */
export function decodePng(bytes: Uint8Array): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'IHDR') {
      [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      const [depth, colour, , , interlace] = bytes.subarray(at + 16, at + 21);
      if (depth !== 8 || colour !== 6 || interlace !== 0) throw new Error('PNG: not 8-bit RGBA');
    }
    if (kind === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { width, height, rgba: unfilter(inflateSync(Buffer.concat(data)), width, height) };
}

/** Share of the pixels in which any channel differs by more than `threshold`. */
export function differingShare(a: Pixels, b: Pixels, threshold: number): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let differing = 0;
  for (let at = 0; at < a.rgba.length; at += 4) {
    for (let channel = at; channel < at + 4; channel += 1) {
      if (Math.abs(a.rgba[channel]! - b.rgba[channel]!) > threshold) {
        differing += 1;
        break;
      }
    }
  }
  return differing / (a.width * a.height);
}
