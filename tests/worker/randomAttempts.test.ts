/** Attempts at random: killed ones, zombies, pieces, lost parts, a lost history. Whatever happened, the merged files are the same bytes. */
import fs from 'node:fs';
import path from 'node:path';
import type { RunSpec } from '../../src/config/runSpec.js';
import { sha256 } from '../../src/store/durable.js';
import { layoutOf } from '../../src/store/layout.js';
import type { SegmentRecord } from '../../src/store/manifest.js';
import { mergeSeries } from '../../src/store/merge.js';
import { salvage } from '../../src/store/salvage.js';
import { quick } from '../config/loading.js';
import { freshLayout } from '../store/sample.js';
import { accepted, atTheBeginning, attempt, type Books, repair, tablesOf } from './attempts.js';

/** A generator of its own, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function freshSpec(): Promise<RunSpec> {
  return quick('numerics.t_end_years=1e-4', `io.outdir=${freshLayout().outdir}`);
}

async function merged(spec: RunSpec, segments: readonly SegmentRecord[], limit: number): Promise<string[]> {
  const layout = layoutOf(spec.outdir);
  const { files } = await mergeSeries({
    ...{ layout, tables: tablesOf(spec), segments, identity: spec.identity },
    repair: async (at) => repair(spec, segments, at, limit),
  });
  fs.rmSync(layout.merged);
  return files.map((file) => file.sha256);
}

let quiet: { files: string[]; steps: number; state: string };

beforeAll(async () => {
  const spec = await freshSpec();
  const written = attempt(spec, atTheBeginning);
  const files = await merged(spec, accepted(atTheBeginning, written).segments, 32768);
  quiet = { files, steps: written.status.steps, state: sha256(written.state) };
  expect(quiet.steps).toBeGreaterThan(200);
});

test.each(Array.from({ length: 4 }, (_, i) => [i]))('seed %d', async (seed) => {
  const random = numbers(seed);
  const spec = await freshSpec();
  const { parts } = layoutOf(spec.outdir);
  const inlineStateLimit = seed % 2 === 0 ? 32768 : 100;
  let books: Books = atTheBeginning;
  while (!books.done) {
    const how = { steps: 1 + random(60), recoveryEvery: 1 + random(30), inlineStateLimit };
    const written = attempt(spec, books, how);
    if (random(3) > 0) books = accepted(books, written);
  }
  expect(await merged(spec, books.segments, inlineStateLimit)).toEqual(quiet.files);

  const end = books.segments.at(-1)!;
  expect(end.steps).toBe(quiet.steps);
  if (seed % 2 === 0) expect(end.endHash).toBe(quiet.state);

  for (const segments of [books.segments, salvage(layoutOf(spec.outdir), spec.identity)!.segments]) {
    const all = segments.flatMap((segment) => segment.parts);
    for (const part of all) if (random(4) === 0) fs.rmSync(path.join(parts, part.file));
    expect(await merged(spec, segments, inlineStateLimit)).toEqual(quiet.files);
  }
});
