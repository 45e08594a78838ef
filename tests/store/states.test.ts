import fs from 'node:fs';
import path from 'node:path';
import { packState } from '../../src/sim/container.js';
import { sha256 } from '../../src/store/durable.js';
import {
  hasState,
  isReference,
  removeStates,
  stateHash,
  stateOf,
  storeState,
  thinStates,
} from '../../src/store/states.js';
import { freshLayout } from './sample.js';

const state = (n: number) =>
  packState('model', { schema: 1, scalars: [n], arrays: [new Float64Array(9000)] });
const files = (folder: string) => fs.readdirSync(folder).sort();

test('a stored state comes back bit for bit through its reference, and has the same hash', () => {
  const layout = freshLayout();
  const reference = storeState(layout, 3, state(1));
  expect(reference.length).toBeLessThan(300);
  expect(isReference(reference)).toBe(true);
  expect(Buffer.from(stateOf(layout, reference))).toEqual(Buffer.from(state(1)));
  expect(stateHash(reference)).toBe(sha256(state(1)));
  expect(hasState(layout, reference)).toBe(true);
});

test('a small state stands for itself', () => {
  const layout = freshLayout();
  expect(isReference(state(1))).toBe(false);
  expect(isReference(new Uint8Array(0))).toBe(false);
  expect(stateOf(layout, state(1))).toEqual(state(1));
  expect(stateHash(state(1))).toBe(sha256(state(1)));
  expect(hasState(layout, state(1))).toBe(true);
});

test('the same state is stored once, a damaged copy is put right', () => {
  const layout = freshLayout();
  const reference = storeState(layout, 3, state(1));
  const [name] = files(layout.states);
  const file = path.join(layout.states, name!);
  const { ino } = fs.statSync(file);
  expect(storeState(layout, 3, state(1))).toEqual(reference);
  expect(fs.statSync(file).ino).toBe(ino);
  fs.truncateSync(file, 100);
  expect(hasState(layout, reference)).toBe(false);
  expect(storeState(layout, 3, state(1))).toEqual(reference);
  expect(hasState(layout, reference)).toBe(true);
});

test('a missing and a changed state are named, with the way out', () => {
  const layout = freshLayout();
  const reference = storeState(layout, 3, state(1));
  const file = path.join(layout.states, files(layout.states)[0]!);
  const bytes = fs.readFileSync(file);
  bytes[5000] = 1;
  fs.writeFileSync(file, bytes);
  expect(() => stateOf(layout, reference)).toThrow(`${file}: has changed`);
  fs.rmSync(file);
  expect(() => stateOf(layout, reference)).toThrow(/is missing\n.*--restart --resume-from FILE/);
});

test('of many states the latest stay, and every tenth of the older ones', () => {
  const layout = freshLayout();
  for (let segment = 1; segment <= 25; segment++) {
    storeState(layout, segment, state(segment));
    thinStates(layout, segment, 10);
  }
  expect(files(layout.states).map((name) => Number(name.slice(1, 7)))).toEqual([10, 20, 22, 23, 24, 25]);
  removeStates(layout);
  expect(fs.existsSync(layout.states)).toBe(false);
});

test('an attempt of a life whose history is lost does not remove the states of the one that began further back', () => {
  const layout = freshLayout();
  const alive = storeState(layout, 13, state(13));
  thinStates(layout, 51, 10);
  expect(hasState(layout, alive)).toBe(true);
});
