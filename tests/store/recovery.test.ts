import fs from 'node:fs';
import path from 'node:path';
import type { RunLayout } from '../../src/store/layout.js';
import { openPart } from '../../src/store/parts.js';
import { newestRecovery, type Recovery, sweepRecoveries, writeRecovery } from '../../src/store/recovery.js';
import { edgeAt, freshRun, partOptions, rowOf, runTable } from './sample.js';

const of = { identity: 'sample', segment: 4, startHash: edgeAt(100).hash };
const wanted = { ...of, boundary: 1000 };
const state = (steps: number) => Buffer.from(`state\n${steps}`);

/** Writes a recovery file behind `steps` steps, with one part for every ten of them. */
function recoveryAt(layout: RunLayout, steps: number, change: Partial<Recovery> = {}): string {
  const parts = [];
  for (let from = 100; from < steps; from += 10) {
    const part = openPart({ ...partOptions(layout.parts, [runTable], from, 16), name: `p${from}` });
    for (let i = from; i < from + 10; i++) part.write(0, rowOf(runTable, i));
    parts.push(part.close(edgeAt(from + 10), null));
  }
  return writeRecovery(
    layout,
    { ...of, fromTime: 1, fromSteps: 100, steps, time: steps, parts, ...change },
    state(steps),
  );
}

test('the furthest place of the segment is found, with its state and parts', () => {
  const layout = freshRun();
  expect(newestRecovery(layout, wanted)).toBeNull();
  recoveryAt(layout, 110);
  recoveryAt(layout, 130);
  recoveryAt(layout, 120);
  const found = newestRecovery(layout, wanted)!;
  expect(found.recovery).toMatchObject({ ...of, steps: 130, fromSteps: 100, fromTime: 1 });
  expect(found.recovery.parts).toHaveLength(3);
  expect(found.state).toEqual(state(130));
});

test('those of another segment, start or run are left alone', () => {
  const layout = freshRun();
  recoveryAt(layout, 110, { segment: 5 });
  recoveryAt(layout, 120, { startHash: edgeAt(101).hash });
  recoveryAt(layout, 130, { identity: 'another' });
  expect(newestRecovery(layout, wanted)).toBeNull();
});

test('places at the boundary or behind it are passed over', () => {
  const layout = freshRun();
  for (const steps of [110, 120, 130]) recoveryAt(layout, steps);
  expect(newestRecovery(layout, { ...of, boundary: 121 })?.recovery.steps).toBe(120);
  expect(newestRecovery(layout, { ...of, boundary: 120 })?.recovery.steps).toBe(110);
});

test('every changed byte and every cut sends the search to the one before', () => {
  const layout = freshRun();
  recoveryAt(layout, 110);
  const file = recoveryAt(layout, 120);
  const bytes = fs.readFileSync(file);
  const found = () => newestRecovery(layout, wanted)?.recovery.steps;
  for (let i = 0; i < bytes.length; i++) {
    const changed = Uint8Array.from(bytes);
    changed[i] = changed[i]! ^ 0x04;
    fs.writeFileSync(file, changed);
    expect({ i, found: found() }).toEqual({ i, found: 110 });
    fs.writeFileSync(file, bytes.subarray(0, i));
    expect({ length: i, found: found() }).toEqual({ length: i, found: 110 });
  }
  fs.writeFileSync(file, bytes);
  expect(found()).toBe(120);
});

test('a place whose part is lost is passed over', () => {
  const layout = freshRun();
  recoveryAt(layout, 110);
  recoveryAt(layout, 130);
  const last = fs.readdirSync(layout.parts).find((name) => name.startsWith('p120'))!;
  fs.rmSync(path.join(layout.parts, last));
  expect(newestRecovery(layout, wanted)?.recovery.steps).toBe(110);
});

test('files of accepted segments go, those of the running one stay', () => {
  const layout = freshRun();
  recoveryAt(layout, 110, { segment: 3 });
  const kept = recoveryAt(layout, 110);
  sweepRecoveries(layout, 4);
  expect(fs.readdirSync(layout.recovery)).toEqual([path.basename(kept)]);
});
