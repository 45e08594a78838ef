import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { identityOf } from '../../../src/config/identity.js';
import type { Model, RowSink, TableDescription } from '../../../src/sim/model.js';
import type { RunLayout } from '../../../src/store/layout.js';
import type { SegmentRecord } from '../../../src/store/manifest.js';
import { readPart } from '../../../src/store/parts.js';

/** A run of whatever model. */
export interface Run {
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  readonly model: Model<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: checked by the model's schema
  readonly params: any;
  readonly identity: string;
}

// biome-ignore lint/suspicious/noExplicitAny: of whatever model
export function runOf(model: Model<any, any>, params: unknown): Run {
  return { model, params: model.params.parse(params), identity: identityOf(model.name, params) };
}

/** Everything that a run leaves and that must not depend on how it was cut. */
export interface Outcome {
  /** Encoded. */
  readonly state: Uint8Array;
  /** Status, summary with the ledgers, conserved quantities, and what people read of a state. */
  readonly accounts: Readonly<Record<string, unknown>>;
  /** All rows of each table, one after the other. */
  readonly rows: readonly Float64Array[];
  /** Bytes of the merged files and of checks/merged.json, by path below the outdir. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** Bytes of the checkpoint files by name; null where none were asked for. */
  readonly checkpoints: Readonly<Record<string, Buffer>> | null;
}

/** What a state says about itself to the world. */
export function accountsOf({ model, params }: Run, state: unknown): Outcome['accounts'] {
  return {
    status: model.status(state, params),
    summary: model.summary(state, params),
    conserved: model.conserved(state, params),
    readable: model.readable(state, params),
  };
}

/** Keeps rows in memory, bit for bit. */
export class KeptRows implements RowSink {
  private readonly values: number[][];

  constructor(tables: readonly TableDescription[]) {
    this.values = tables.map(() => []);
  }

  write(table: number, values: Float64Array): void {
    this.values[table]!.push(...values);
  }

  all(): Float64Array[] {
    return this.values.map((values) => Float64Array.from(values));
  }
}

/** The rows of all tables, from the parts. */
export function rowsInParts(
  layout: RunLayout,
  tables: readonly TableDescription[],
  segments: readonly SegmentRecord[],
): Float64Array[] {
  return tables.map((table) => {
    const values: number[] = [];
    for (const part of segments.flatMap(({ parts }) => parts)) {
      for (const { rows, columns } of readPart(layout.parts, part, table)) {
        for (let r = 0; r < rows; r++) for (const column of columns) values.push(column[r]!);
      }
    }
    return Float64Array.from(values);
  });
}

/** Bytes of the files of all tables, and of the record of the merge. */
export function mergedFiles(layout: RunLayout, tables: readonly TableDescription[]): Record<string, Buffer> {
  const files = [...tables.map(({ file }) => file), path.relative(layout.outdir, layout.merged)];
  return filesIn(layout.outdir, files);
}

export function filesIn(folder: string, names: readonly string[]): Record<string, Buffer> {
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(folder, name))]));
}

/**
 * Where two outcomes differ, bit for bit; empty when they are the same. NaN equals NaN, 0 differs from -0.
 * @param tables of the run, to name a value that differs
 */
export function differences(
  found: Outcome,
  expected: Outcome,
  tables: readonly TableDescription[],
): string[] {
  const wrong: string[] = [];
  if (!sameBytes(found.state, expected.state)) wrong.push('final state');
  for (const [name, value] of Object.entries(expected.accounts)) {
    if (!isDeepStrictEqual(found.accounts[name], value)) wrong.push(`${name}: ${show(found.accounts[name])}`);
  }
  for (const [i, table] of tables.entries()) {
    const where = firstDifference(found.rows[i]!, expected.rows[i]!, table);
    if (where !== null) wrong.push(where);
  }
  wrong.push(...differingFiles(found.files, expected.files));
  if (found.checkpoints !== null)
    wrong.push(...differingFiles(found.checkpoints, expected.checkpoints ?? {}));
  return wrong;
}

function differingFiles(found: Record<string, Buffer>, expected: Record<string, Buffer>): string[] {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...names]
    .filter((name) => !(found[name] && expected[name] && sameBytes(found[name], expected[name])))
    .map(
      (name) => `file ${name}: ${found[name]?.length ?? 'no'} bytes, not ${expected[name]?.length ?? 'any'}`,
    );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function firstDifference(a: Float64Array, b: Float64Array, table: TableDescription): string | null {
  if (sameBytes(bytesOf(a), bytesOf(b))) return null;
  const width = table.columns.length;
  const at = b.findIndex((value, i) => !Object.is(a[i], value));
  const column = table.columns[Math.max(at, 0) % width]!.name;
  const where =
    at < 0 ? 'rows too many' : `row ${Math.floor(at / width)}, ${column}: ${show(a[at])}, not ${show(b[at])}`;
  return `table ${table.name} (${a.length / width} rows of ${b.length / width}): ${where}`;
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function show(value: unknown): string {
  return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'nothing').slice(0, 300);
}
