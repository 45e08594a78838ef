import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TableDescription } from '../../src/sim/model.js';
import { sha256 } from '../../src/store/durable.js';
import { layoutOf, type RunLayout } from '../../src/store/layout.js';
import type { SegmentRecord } from '../../src/store/manifest.js';
import { openPart, type PartEdge, type PartOptions, type PartRecord } from '../../src/store/parts.js';

const folders: string[] = [];

/** A fresh output folder, removed when the tests of the file are over. */
export function freshLayout(): RunLayout {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-store-'));
  folders.push(folder);
  return layoutOf(folder);
}

/** The output folder of a run on its way: its parts have a place. */
export function freshRun(): RunLayout {
  const layout = freshLayout();
  fs.mkdirSync(layout.parts, { recursive: true });
  return layout;
}

// Child processes use this file too, without jest.
globalThis.afterAll?.(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

export const runTable: TableDescription = {
  name: 'run',
  file: 'series/run.parquet',
  columns: [
    { name: 'step', type: 'int32', unit: '', meaning: 'accepted steps' },
    { name: 'time', type: 'float64', unit: 's', meaning: 'end of the step' },
    { name: 'Sigma_surf', type: 'float64', unit: 'kg/m2', meaning: 'surface density' },
  ],
  footer: { stop: 't_end', bins: '[1,2]' },
};

export const budgetTable: TableDescription = {
  name: 'mass_budget',
  file: 'checks/mass_budget.csv',
  columns: [
    { name: 'time', type: 'float64', unit: 's', meaning: 'end of the step' },
    { name: 'error', type: 'float64', unit: '', meaning: 'relative error' },
  ],
  footer: {},
};

const SPECIAL = [0, -0, Number.NaN, 5e-324, 1.7976931348623157e308, -1 / 3, Number.POSITIVE_INFINITY];

/** Row `i` of a table: the same for everyone who asks, with the doubles that formats like to lose. */
export function rowOf(table: TableDescription, i: number): Float64Array {
  return Float64Array.from(table.columns, (column, c) => {
    if (column.type === 'int32') return i;
    return (i + c) % 11 < SPECIAL.length ? SPECIAL[(i + c) % 11]! : Math.sqrt(i + 0.1 * c);
  });
}

/** Writes rows [0, total) of each table, cut after the given row numbers, into one segment per cut. */
export function writeSegments(
  layout: RunLayout,
  tables: readonly TableDescription[],
  total: number,
  cuts: readonly number[],
  batchRows: number,
): SegmentRecord[] {
  const edges = [0, ...cuts, total];
  return edges.slice(1).map((to, index) => {
    const from = edges[index]!;
    const part = openPart({
      ...partOptions(layout.parts, tables, from, batchRows),
      segment: index,
      name: `part-${index}`,
    });
    for (let i = from; i < to; i++) for (const [t, table] of tables.entries()) part.write(t, rowOf(table, i));
    return segmentOf(index, from, to, part.close(edgeAt(to), null));
  });
}

/** A part that begins at row `from` of every table. */
export function partOptions(
  folder: string,
  tables: readonly TableDescription[],
  from: number,
  batchRows: number,
): PartOptions {
  const firstRows = tables.map(() => from);
  return {
    folder,
    name: 'part',
    identity: 'sample',
    segment: 0,
    tables,
    firstRows,
    batchRows,
    start: edgeAt(from),
  };
}

/** The state behind so many rows, one a step. */
export function edgeAt(steps: number): PartEdge {
  return { hash: sha256(`state at ${steps}`), steps, time: steps };
}

function segmentOf(index: number, from: number, to: number, part: PartRecord): SegmentRecord {
  return {
    index,
    fromTime: from,
    toTime: to,
    steps: to,
    startState: Buffer.from(`state at ${from}`).toString('base64'),
    startHash: sha256(`state at ${from}`),
    endHash: sha256(`state at ${to}`),
    parts: [part],
  };
}
