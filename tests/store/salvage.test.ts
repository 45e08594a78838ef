import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../src/store/durable.js';
import type { RunLayout } from '../../src/store/layout.js';
import { mergeSeries } from '../../src/store/merge.js';
import { openPart, type PartEdge } from '../../src/store/parts.js';
import { salvage, salvageTo } from '../../src/store/salvage.js';
import { edgeAt, freshRun, partOptions, rowOf, runTable } from './sample.js';

const start: PartEdge = { hash: sha256(''), steps: 0, time: 0 };
const edge = (steps: number) => (steps === 0 ? start : edgeAt(steps));

/** A part of the rows between two steps; `state` says whether it carries the state behind it. */
function part(
  layout: RunLayout,
  from: number,
  to: number,
  { state = true, identity = 'sample' } = {},
): string {
  const options = {
    ...partOptions(layout.parts, [runTable], from, 16),
    identity,
    name: `p${from}-${to}`,
    start: edge(from),
  };
  const writer = openPart(options);
  for (let i = from; i < to; i++) writer.write(0, rowOf(runTable, i));
  const record = writer.close(edge(to), state ? Buffer.from(`state at ${to}`) : null);
  return path.join(layout.parts, record.file);
}

test('a chain of whole parts is found, and merges like the run itself', async () => {
  const layout = freshRun();
  part(layout, 20, 50);
  part(layout, 0, 10, { state: false });
  part(layout, 10, 20);
  const found = salvage(layout, 'sample')!;
  expect(found).toMatchObject({ hash: edge(50).hash, steps: 50, time: 50, rows: [50] });
  expect(Buffer.from(found.state!).toString()).toBe('state at 50');
  const shown = found.segments.map(({ index, fromTime, toTime, startState, parts }) => [
    ...[index, fromTime, toTime, startState],
    parts.map(({ endSteps }) => endSteps),
  ]);
  expect(shown).toEqual([
    [0, 0, 20, '', [10, 20]],
    [1, 20, 50, Buffer.from('state at 20').toString('base64'), [50]],
  ]);
  const merged = await mergeSeries({
    layout,
    tables: [runTable],
    segments: found.segments,
    identity: 'sample',
  });
  expect(merged.files).toMatchObject([{ rows: 50 }]);
});

test('attempts that were cut elsewhere do not disturb, and the furthest end with a state wins', () => {
  const layout = freshRun();
  part(layout, 0, 10);
  part(layout, 0, 12);
  part(layout, 10, 30);
  part(layout, 12, 25);
  part(layout, 30, 40, { state: false });
  expect(salvage(layout, 'sample')).toMatchObject({ steps: 30 });
  expect(salvageTo(layout, 'sample', edge(25).hash)).toMatchObject({ steps: 25, segments: { length: 2 } });
  expect(salvageTo(layout, 'sample', edge(40).hash)).toMatchObject({ steps: 40, state: null });
  expect(salvageTo(layout, 'sample', edge(41).hash)).toBeNull();
});

test('a lost, damaged or foreign part ends the chain in front of it', () => {
  const layout = freshRun();
  part(layout, 0, 10);
  const second = part(layout, 10, 20);
  part(layout, 20, 30);
  part(layout, 30, 40, { identity: 'another' });
  expect(salvage(layout, 'sample')?.steps).toBe(30);
  const bytes = fs.readFileSync(second);
  bytes[40] = bytes[40]! ^ 1;
  fs.writeFileSync(second, bytes);
  expect(salvage(layout, 'sample')?.steps).toBe(10);
  fs.rmSync(second);
  expect(salvage(layout, 'sample')?.steps).toBe(10);
  expect(salvage(layout, 'another')).toBeNull();
  expect(salvage(freshRun(), 'sample')).toBeNull();
});

test('where two parts lead to the same state, the one that carries it is taken', () => {
  const layout = freshRun();
  part(layout, 0, 10, { state: false });
  part(layout, 0, 20, { state: false });
  part(layout, 10, 20);
  expect(salvage(layout, 'sample')).toMatchObject({ steps: 20, segments: { length: 1 } });
});

test('no flipped byte and no cut of a part disturbs the search', () => {
  const layout = freshRun();
  part(layout, 0, 10);
  const file = part(layout, 10, 12);
  const bytes = fs.readFileSync(file);
  const found = () => salvage(layout, 'sample')?.steps;
  expect(found()).toBe(12);
  for (let i = 0; i < bytes.length; i++) {
    const changed = Uint8Array.from(bytes);
    changed[i] = changed[i]! ^ 0x04;
    fs.writeFileSync(file, changed);
    expect({ i, found: found() }).toEqual({ i, found: 10 });
  }
  for (let length = 0; length < bytes.length; length += 7) {
    fs.writeFileSync(file, bytes.subarray(0, length));
    expect({ length, found: found() }).toEqual({ length, found: 10 });
  }
});
