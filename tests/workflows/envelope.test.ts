import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pack, unpack } from '../../src/workflows/envelope.js';

describe('envelope', () => {
  it('gives back header and blobs exactly', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }),
        (header, blobs) => {
          const opened = unpack(pack(header, blobs));
          expect(JSON.stringify(opened.header)).toBe(JSON.stringify(header));
          expect(opened.blobs.map((blob) => [...blob])).toEqual(blobs.map((blob) => [...blob]));
        },
      ),
    );
  });

  it('reads an envelope that lies inside a larger buffer, as Temporal hands it over', () => {
    const packed = pack({ a: 'ä' }, [Uint8Array.of(1, 2, 3)]);
    const larger = new Uint8Array(packed.length + 7).fill(9);
    larger.set(packed, 5);
    const opened = unpack(larger.subarray(5, 5 + packed.length));
    expect(opened.header).toEqual({ a: 'ä' });
    expect([...opened.blobs[0]!]).toEqual([1, 2, 3]);
  });

  it('refuses bytes that have been cut off', () => {
    const packed = pack({}, [Uint8Array.of(1, 2, 3)]);
    expect(() => unpack(packed.slice(0, packed.length - 1))).toThrow(RangeError);
  });
});
