import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TableDescription } from '../sim/model.js';
import { allocateColumns, type ColumnBatch, type NumberColumn } from './columns.js';
import { writeJson } from './documents.js';
import { makeFolder } from './durable.js';
import { DamagedData } from './error.js';
import type { RunLayout } from './layout.js';
import { chainGap, type SegmentRecord } from './manifest.js';
import { type MergedFile, type MergeRecord, verifiedMerge } from './mergeRecord.js';
import { OutputFile } from './outputFile.js';
import { type PartRecord, readPart, rowsInPart } from './parts.js';
import { groupRows, openTable, type Provenance, type TableFile, tableMetadata } from './tableFile.js';
import { sweepTemporary } from './temporary.js';
import { type VerifiedFiles, verifyInTurns } from './verify.js';

export type { MergedFile, MergeRecord } from './mergeRecord.js';
export { inspectMerge, removeParts, verifiedMerge } from './mergeRecord.js';

export interface MergeOptions extends Provenance {
  readonly layout: RunLayout;
  readonly tables: readonly TableDescription[];
  /** All segments of the run, in order. */
  readonly segments: readonly SegmentRecord[];
  /** Rows per table in front of the first segment: those that a run which began at a checkpoint does not have. Default: none. */
  readonly firstRows?: readonly number[];
  /** Puts a lost part in place again; without it, a lost part is an error. Indices of its segment in `segments`, and of the part there. */
  readonly repair?: (at: { readonly segment: number; readonly part: number }) => Promise<void>;
  /** Merged files that need not be read again to verify them. Default: none. */
  readonly known?: VerifiedFiles;
  /** Called after every row group; rows of all tables together. */
  readonly onProgress?: (rowsDone: number, rowsTotal: number) => void;
}

/**
 * Streams the parts of a run into its series files, one row group in memory, and records the result in checks/merged.json. The files do
 * not show how the run was cut. Returns at once if the same merge is there and verified.
 * @throws DamagedData if a part is missing or changed, or if segments or rows do not follow each other
 */
export async function mergeSeries(options: MergeOptions): Promise<MergeRecord> {
  const { layout, tables, segments, identity } = options;
  const total = rowsOfChain(layout, tables, segments, options.firstRows ?? []);
  const source = segments.at(-1)!.endHash;
  const present = await verifiedMerge(layout, identity, options.known);
  if (present?.source === source) return present;

  await verifyParts(options);
  const parts = segments.flatMap((segment) => segment.parts);
  let done = 0;
  const advance = (rows: number) => {
    done += rows;
    options.onProgress?.(done, total);
  };
  const files: MergedFile[] = [];
  for (const table of tables) {
    files.push(await mergeTable(options, table, parts, advance));
  }
  const record: MergeRecord = { identity, source, files };
  makeFolder(path.dirname(layout.merged));
  writeJson(layout.merged, record);
  return record;
}

async function mergeTable(
  { layout, identity, model }: MergeOptions,
  table: TableDescription,
  parts: readonly PartRecord[],
  advance: (rows: number) => void,
): Promise<MergedFile> {
  const target = path.join(layout.outdir, table.file);
  makeFolder(path.dirname(target));
  sweepTemporary(path.dirname(target));
  const output = OutputFile.create(path.dirname(target));
  try {
    const metadata = tableMetadata(table, model === undefined ? { identity } : { identity, model });
    const file = openTable(output, table, metadata);
    const rows = parts.reduce((sum, part) => sum + rowsInPart(part, table), 0);
    const groups = new RowGroups(file, table, rows);
    for (const part of parts) {
      for (const batch of readPart(layout.parts, part, table)) {
        for (const rows of groups.add(batch)) {
          advance(rows);
          // The activity's thread heartbeats while it merges.
          await setImmediate();
        }
      }
      await setImmediate(); // a row group may gather thousands of short parts
    }
    advance(groups.end());
    file.finish();
    const { bytes, sha256 } = output.seal();
    output.publish(path.basename(target));
    return { path: table.file, rows: groups.rows, bytes, sha256 };
  } finally {
    output.discard();
  }
}

/** Re-chunks batches of any size into row groups of one size, counted from the first row. */
class RowGroups {
  readonly #columns: NumberColumn[];
  readonly #size: number;
  #filled = 0;
  /** Rows handed to the file. */
  rows = 0;

  /** @param rows how many will come: room for more would be cleared and collected for nothing, case by case of a sweep */
  constructor(
    readonly file: TableFile,
    table: TableDescription,
    rows: number,
  ) {
    this.#size = Math.min(groupRows(table), Math.max(rows, 1));
    this.#columns = allocateColumns(table, this.#size);
  }

  /** Yields the size of every group that the batch completes, after it has been written. */
  *add(batch: ColumnBatch): Generator<number> {
    for (let taken = 0; taken < batch.rows; ) {
      const count = Math.min(batch.rows - taken, this.#size - this.#filled);
      for (const [c, column] of this.#columns.entries()) {
        column.set(batch.columns[c]!.subarray(taken, taken + count), this.#filled);
      }
      taken += count;
      this.#filled += count;
      if (this.#filled === this.#size) yield this.end();
    }
  }

  /** Writes what is left as the last, shorter group. */
  end(): number {
    const rows = this.#filled;
    if (rows > 0) this.file.writeGroup(this.#columns, rows);
    this.rows += rows;
    this.#filled = 0;
    return rows;
  }
}

/**
 * Holds the parts of a run against their records, without a merge.
 * @throws as `mergeSeries`
 */
export async function checkParts(options: MergeOptions): Promise<void> {
  rowsOfChain(options.layout, options.tables, options.segments, options.firstRows ?? []);
  await verifyParts(options);
}

/** Every part must be what its record says before the first row is written. */
async function verifyParts({ layout, segments, repair }: MergeOptions): Promise<void> {
  for (const [s, segment] of segments.entries()) {
    for (const [p, part] of segment.parts.entries()) {
      const file = path.join(layout.parts, part.file);
      try {
        await verifyInTurns(file, part, CURE);
      } catch (error) {
        if (!(error instanceof DamagedData) || repair === undefined) throw error;
        await repair({ segment: s, part: p });
        await verifyInTurns(file, part, CURE);
      }
    }
    await setImmediate();
  }
}

const CURE = 'Restore it from a copy, or use --restart to compute the run again.';

/** Checks that segments and rows follow each other without a gap. @returns rows of all tables together */
function rowsOfChain(
  layout: RunLayout,
  tables: readonly TableDescription[],
  segments: readonly SegmentRecord[],
  firstRows: readonly number[],
): number {
  if (segments.length === 0) throw new Error('a merge needs at least one segment');
  const cure = 'The records of this run contradict each other; use --restart to begin it again.';
  const gap = chainGap(segments, 0);
  if (gap !== null) throw new DamagedData(layout.manifests, gap, cure);
  const rowsOf = new Map(tables.map((table, i) => [table.name, firstRows[i] ?? 0]));
  let total = 0;
  for (const part of segments.flatMap((segment) => segment.parts)) {
    const file = path.join(layout.parts, part.file);
    for (const { name, firstRow, rows } of part.tables) {
      const before = rowsOf.get(name);
      if (before === undefined) {
        throw new DamagedData(file, `has rows of ${name}, a table that the model does not have`, cure);
      }
      if (firstRow !== before) {
        throw new DamagedData(file, `starts at row ${firstRow} of ${name}, expected ${before}`, cure);
      }
      rowsOf.set(name, before + rows);
      total += rows;
    }
  }
  return total;
}
