/** A batch as a sweep leaves it: real runs of a few days of the Mars disk, computed by the model itself and merged by the store. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadRunSpec } from '../../../src/config/load.js';
import type { RunSpec } from '../../../src/config/runSpec.js';
import { placedIn } from '../../../src/config/sweep/placed.js';
import { type AxisValue, type SweepCase, unplaced } from '../../../src/config/sweep/sweepSpec.js';
import { modelOf } from '../../../src/sim/models.js';
import { type BatchLayout, batchLayout } from '../../../src/store/batch/batchLayout.js';
import { type CaseStatus, writeCaseStatus } from '../../../src/store/batch/caseStatus.js';
import { writeDefinition } from '../../../src/store/batch/definition.js';
import { writeJson } from '../../../src/store/documents.js';
import { makeFolder, sha256 } from '../../../src/store/durable.js';
import { layoutOf } from '../../../src/store/layout.js';
import { mergeSeries, removeParts } from '../../../src/store/merge.js';
import { openPart } from '../../../src/store/parts.js';

const folders: string[] = [];
globalThis.afterAll?.(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** Of a batch that does not exist yet; removed when the tests of the file are over. */
export function freshBatch(name = 'batch'): BatchLayout {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-batch-'));
  folders.push(folder);
  return batchLayout(path.join(folder, name));
}

export interface Asked {
  readonly title: string;
  readonly values: Readonly<Record<string, AxisValue>>;
  readonly overrides: readonly string[];
}

/** Writes the definition of a sweep over the quickstart disk. */
export async function definedBatch(layout: BatchLayout, asked: readonly Asked[]): Promise<SweepCase[]> {
  const cases = await Promise.all(
    asked.map(async ({ title, values, overrides }, index) => {
      const spec = await loadRunSpec({
        file: 'configs/quickstart.yml',
        overrides: ['numerics.t_end_years=0.001', ...overrides],
        outdir: path.join(unplaced, title),
      });
      return { index, title, values, seed: index, spec };
    }),
  );
  const hooks = { afterCase: null, afterBatch: null };
  const rest = { duplicates: [], jobs: null, hooks, warnings: [] };
  const identity = sha256(cases.map(({ spec }) => spec.identity).join());
  writeDefinition(layout, {
    tag: 'test',
    root: path.dirname(layout.folder),
    identity,
    seed: 7,
    cases,
    ...rest,
  });
  return cases;
}

/** Computes a case and writes what a finished run leaves. */
export async function computeCase(batch: BatchLayout, { title, spec }: SweepCase): Promise<void> {
  await computeRun(placedIn(spec, path.join(batch.folder, title)));
}

export async function computeRun(spec: RunSpec): Promise<void> {
  const layout = layoutOf(spec.outdir);
  const { model, params } = modelOf(spec);
  const tables = model.tables(params);
  const { identity } = spec;
  makeFolder(layout.parts);
  const start = { hash: sha256(''), steps: 0, time: 0 };
  const part = openPart({
    ...{ folder: layout.parts, name: 's0', identity, segment: 0, tables, start },
    ...{ firstRows: tables.map(() => 0), batchRows: 1000 },
  });
  const state = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, part);
  const status = model.status(state, params);
  const end = { hash: sha256(model.encode(state)), steps: status.steps, time: status.time };
  const segment = {
    ...{ index: 0, fromTime: 0, toTime: end.time, steps: end.steps, startState: '' },
    ...{ startHash: start.hash, endHash: end.hash, parts: [part.close(end, model.encode(state))] },
  };
  const { files } = await mergeSeries({ layout, tables, segments: [segment], identity, model: spec.model });
  const told = { title: spec.title, identity, model: spec.model, version: '0', warnings: [], files };
  writeJson(layout.summary, {
    ...model.summary(state, params),
    ...told,
    ...{ status, conserved: model.conserved(state, params) },
    execution: { workflowId: `case-${process.hrtime.bigint()}`, finished_on: os.hostname() },
  });
  await removeParts(layout);
}

/** Four cases over two axes: two complete, one failed, one that nobody has computed. */
export async function mixedBatch(
  layout = freshBatch(),
): Promise<{ layout: BatchLayout; cases: SweepCase[] }> {
  const at = (T: number, law: string) => ({
    title: `T${T}_${law}`,
    values: { T, 'supply.injection.mode': law },
    overrides: [`radiation.TM_K=${T}`, `supply.injection.mode=${law}`],
  });
  const asked = [
    at(4000, 'min_bin'),
    at(4000, 'powerlaw_bins'),
    at(3000, 'min_bin'),
    at(3000, 'powerlaw_bins'),
  ];
  const cases = await definedBatch(layout, asked);
  for (const one of cases.slice(0, 2)) await computeCase(layout, one);
  const ends: CaseStatus[] = [
    { title: cases[0]!.title, state: 'complete', reason: null },
    { title: cases[1]!.title, state: 'complete', reason: null },
    { title: cases[2]!.title, state: 'failed', reason: 'PhysicsError: "dt" fell, below 1e-30 s' },
    { title: cases[3]!.title, state: 'complete', reason: null },
  ];
  writeCaseStatus(layout, ends);
  return { layout, cases };
}
