import fs from 'node:fs';
import { resumePoint } from '../../src/cli/resume.js';
import { furthestPart } from '../../src/cli/salvaged.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import { nextBoundary } from '../../src/workflows/segments.js';
import { quick } from '../config/loading.js';
import { freshLayout } from '../store/sample.js';
import { accepted, atTheBeginning, attempt, repair, tablesOf } from './attempts.js';

const YEAR = 31_557_600;

async function freshSpec(...overrides: string[]): Promise<RunSpec> {
  const { outdir } = freshLayout();
  const checkpoints = ['numerics.checkpoint.enabled=true', 'numerics.checkpoint.keep_last_n=0'];
  return quick(...checkpoints, `io.outdir=${outdir}`, ...overrides);
}

const checkpointsOf = ({ outdir }: RunSpec) => fs.readdirSync(`${outdir}/checkpoints`).sort();

test('an attempt goes on from the recovery file of the one before, and its parts hold every row once', async () => {
  const spec = await freshSpec();
  const lost = attempt(spec, atTheBeginning, { steps: 70, recoveryEvery: 30 });
  expect(lost.parts.map(({ endSteps }) => endSteps)).toEqual([30, 60, 70]);
  const { parts } = attempt(spec, atTheBeginning, { steps: 100, recoveryEvery: 30 });
  expect(parts.map(({ endSteps }) => endSteps)).toEqual([30, 60, 90, 100]);
  expect(parts.slice(0, 2)).toEqual(lost.parts.slice(0, 2));
});

test('a segment that ends where a recovery file is due leaves none, and no part without steps', async () => {
  const spec = await freshSpec();
  const { parts } = attempt(spec, atTheBeginning, { steps: 60, recoveryEvery: 30 });
  expect(parts.map(({ endSteps }) => endSteps)).toEqual([30, 60]);
});

test('a recovery file behind the boundary is not used: checkpoint files stand where the interval says', async () => {
  const quiet = await freshSpec();
  attempt(quiet, atTheBeginning, { boundary: 1e-4 * YEAR });
  const spec = await freshSpec();
  const beyond = attempt(spec, atTheBeginning, { steps: 300, recoveryEvery: 250 });
  expect(beyond.status.time).toBeGreaterThan(1e-4 * YEAR);
  attempt(spec, atTheBeginning, { boundary: 1e-4 * YEAR });
  expect(checkpointsOf(spec)).toEqual(checkpointsOf(quiet));
});

test('a segment that is worth too little goes on to the next multiples, and leaves their checkpoint files', async () => {
  const interval = 1e-4 * YEAR;
  const cut = await freshSpec('numerics.t_end_years=0.001');
  let books = atTheBeginning;
  for (let time = 0; !books.done; time = books.segments.at(-1)!.toTime) {
    const boundary = nextBoundary(time, interval);
    books = accepted(books, attempt(cut, books, { boundary, interval }));
  }
  expect(books.segments.length).toBeGreaterThan(5);
  const joined = await freshSpec('numerics.t_end_years=0.001');
  const { status, state } = attempt(joined, atTheBeginning, { boundary: interval, interval, joinFor: 1e9 });
  expect(status.done).toBe(true);
  expect(Buffer.from(state)).toEqual(Buffer.from(books.state));
  expect(checkpointsOf(joined)).toEqual(checkpointsOf(cut));
});

test('a run that is not done after so many steps fails with the time reached, wherever it was cut', async () => {
  const spec = await freshSpec('numerics.t_end_years=0.001');
  expect(() => attempt(spec, atTheBeginning, { runSteps: 30 })).toThrow(
    /PhysicsError: unresolved: 30 steps \(numerics.max_steps\) have reached only t = /,
  );
  const books = accepted(atTheBeginning, attempt(spec, atTheBeginning, { steps: 30, runSteps: 30 }));
  expect(() => attempt(spec, books, { runSteps: 30 })).toThrow(/unresolved: 30 steps/);
  expect(attempt(spec, books, { runSteps: 1e7 }).status.done).toBe(true);
});

test('an attempt at a joined segment goes on from a recovery file behind its first multiple', async () => {
  const spec = await freshSpec('numerics.t_end_years=0.001');
  const how = { boundary: 1e-4 * YEAR, interval: 1e-4 * YEAR, joinFor: 1e9, recoveryEvery: 250 };
  const lost = attempt(spec, atTheBeginning, { ...how, steps: 300 });
  expect(lost.status.time).toBeGreaterThan(how.boundary);
  const { parts } = attempt(spec, atTheBeginning, how);
  expect(parts[0]).toEqual(lost.parts[0]);
  const quiet = await freshSpec('numerics.t_end_years=0.001');
  attempt(quiet, atTheBeginning, { ...how, recoveryEvery: 1e9 });
  expect(checkpointsOf(spec)).toEqual(checkpointsOf(quiet));
});

test('a run that begins behind a part of another life writes the tables that stand at every beginning', async () => {
  const spec = await freshSpec();
  const first = attempt(spec, atTheBeginning, { steps: 40 });
  const { state, from } = resumePoint(spec, furthestPart(spec)!.file, () => {})!;
  expect(from).toMatchObject({ step: 40, hash: first.parts[0]!.endHash });
  const again = attempt(await freshSpec(), { ...atTheBeginning, state, rows: from.rows }, { steps: 10 });
  const once = tablesOf(spec).flatMap((table, i) => (table.once ? [i] : []));
  expect(once).toHaveLength(1);
  for (const i of once) expect(again.parts[0]!.tables[i]).toEqual(first.parts[0]!.tables[i]);
});

test('a part that comes out with other bytes than were recorded is refused', async () => {
  const spec = await freshSpec();
  const { segments } = accepted(atTheBeginning, attempt(spec, atTheBeginning, { steps: 20 }));
  const [segment] = segments;
  const parts = segment!.parts.map((part) => ({ ...part, sha256: '0'.repeat(64) }));
  const at = { segment: 0, part: 0 };
  expect(() => repair(spec, [{ ...segment!, parts }], at, 32768)).toThrow(/gives other bytes/);
});
