import fs from 'node:fs';
import path from 'node:path';
import { DamagedData } from '../../src/store/error.js';
import { appendManifest, readManifest, type SegmentRecord } from '../../src/store/manifest.js';
import { freshRun, runTable, writeSegments } from './sample.js';

function fiveSegments() {
  const layout = freshRun();
  return { folder: layout.manifests, segments: writeSegments(layout, [runTable], 50, [10, 20, 30, 40], 8) };
}

/** All that a record says, its state read. */
function whole(segments: readonly SegmentRecord[]): SegmentRecord[] {
  return segments.map(({ index, fromTime, toTime, steps, startState, startHash, endHash, parts }) => ({
    ...{ index, fromTime, toTime, steps, startState, startHash, endHash, parts },
  }));
}

test('a chain of files gives back all segments in order', async () => {
  const { folder, segments } = fiveSegments();
  const first = appendManifest(folder, null, segments.slice(0, 2));
  const second = appendManifest(folder, first, segments.slice(2, 3));
  const third = appendManifest(folder, second, segments.slice(3));
  expect(third.segments).toBe(5);
  expect(whole(await readManifest(folder, third))).toEqual(segments);
  expect(whole(await readManifest(folder, first))).toEqual(segments.slice(0, 2));
});

test('appending the same again gives the same file', () => {
  const { folder, segments } = fiveSegments();
  const first = appendManifest(folder, null, segments.slice(0, 2));
  const second = appendManifest(folder, first, segments.slice(2));
  expect(appendManifest(folder, null, segments.slice(0, 2))).toEqual(first);
  expect(appendManifest(folder, first, segments.slice(2))).toEqual(second);
  expect(fs.readdirSync(folder)).toHaveLength(2);
});

test('segments that do not continue the chain are refused', () => {
  const { folder, segments } = fiveSegments();
  const first = appendManifest(folder, null, segments.slice(0, 2));
  expect(() => appendManifest(folder, first, segments.slice(3))).toThrow('segment 3 stands where 2 belongs');
  const torn = { ...segments[2]!, startHash: 'f'.repeat(64) };
  expect(() => appendManifest(folder, first, [torn])).toThrow('segment 2 starts from state fff');
  expect(() => appendManifest(folder, null, segments.slice(1, 2))).toThrow('segment 1 stands where 0');
  expect(() => appendManifest(folder, first, [])).toThrow('at least one segment');
});

test('every changed byte and a missing file are found', async () => {
  const { folder, segments } = fiveSegments();
  const first = appendManifest(folder, null, segments.slice(0, 1));
  const second = appendManifest(folder, first, segments.slice(1));
  const file = path.join(folder, first.file);
  const bytes = fs.readFileSync(file);
  for (let i = 0; i < bytes.length; i++) {
    const changed = Uint8Array.from(bytes);
    changed[i] = changed[i]! ^ 1;
    fs.writeFileSync(file, changed);
    await expect(readManifest(folder, second)).rejects.toThrow(DamagedData);
  }
  fs.rmSync(file);
  await expect(readManifest(folder, second)).rejects.toThrow(
    `${file}: is missing, although the history names it`,
  );
});

test('start states stay on disk until they are asked for, and are verified then', async () => {
  const { folder, segments } = fiveSegments();
  const states = segments.map((_, i) => Buffer.alloc(200_000, i).toString('base64'));
  const ref = appendManifest(
    folder,
    null,
    segments.map((segment, i) => ({ ...segment, startState: states[i]! })),
  );
  const read = await readManifest(folder, ref);
  expect(JSON.stringify(read[3]).length).toBeLessThan(2000);
  expect(read[3]!.startState === states[3]).toBe(true);
  const file = path.join(folder, ref.file);
  fs.truncateSync(file, 1000);
  expect(() => read[3]!.startState).toThrow(DamagedData);
});
