/** Which series there are in a batch, and which of their files have the same columns. */
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parquetMetadata } from 'hyparquet';
import { parseCsvCells } from '../csvCells.js';
import { DamagedData, hasCode } from '../error.js';
import { layoutOf } from '../layout.js';

/** The files of a series, of all cases. */
export interface SeriesFiles {
  /** Of its view. */
  readonly name: string;
  readonly files: readonly string[];
}

export interface Series {
  readonly name: string;
  readonly kind: 'parquet' | 'csv';
  readonly groups: readonly FileGroup[];
}

/** Files with the same columns in the same order. */
export interface FileGroup {
  readonly files: readonly string[];
  /** Of CSV files; Parquet files say it themselves. */
  readonly columns: readonly string[];
}

export interface FoundSeries {
  readonly series: readonly SeriesFiles[];
  /** Titles of cases without any series: in an archive, for one. */
  readonly without: readonly string[];
}

/** Files whose views have shorter names than they. */
const shortNames: Readonly<Record<string, string>> = { psd_bins: 'bins' };

/** Series that are kept as text, in `checks` and in the folder of the run itself. */
const csvSeries = ['mass_budget.csv', 'energy_budget.csv'];
const orbitFile = 'orbit_rollup.csv';

/** The series of the cases with these titles, whose folders lie in `folder`. Memory: their names. */
export async function findSeries(folder: string, titles: readonly string[]): Promise<FoundSeries> {
  const files = new Map<string, string[]>();
  const without: string[] = [];
  for (const title of titles) {
    const found = filesOf(path.join(folder, title));
    if (found.length === 0) without.push(title);
    for (const file of found) listOf(files, viewOf(file)).push(file);
    await setImmediate();
  }
  const series = [...files].map(([name, all]) => ({ name, files: all }));
  return { series: series.sort((a, b) => (a.name < b.name ? -1 : 1)), without };
}

function filesOf(outdir: string): string[] {
  const { series, checks } = layoutOf(outdir);
  const parquet = namesIn(series).filter((name) => name.endsWith('.parquet') && !name.startsWith('.'));
  const accounts = namesIn(checks).filter((name) => csvSeries.includes(name));
  const orbits = namesIn(outdir).filter((name) => name === orbitFile);
  return [
    ...parquet.map((name) => path.join(series, name)),
    ...accounts.map((name) => path.join(checks, name)),
    ...orbits.map((name) => path.join(outdir, name)),
  ];
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

function viewOf(file: string): string {
  const name = path.parse(file).name;
  return shortNames[name] ?? name;
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** Looks into every file of a series. @throws DamagedData */
export async function groupedByColumns({ name, files }: SeriesFiles): Promise<Series> {
  const kind = files[0]!.endsWith('.csv') ? 'csv' : 'parquet';
  const groups = new Map<string, string[]>();
  const known = new Set<string>();
  for (const file of files) {
    listOf(groups, kind === 'csv' ? headerOf(file) : schemaBytes(file, known)).push(file);
    await setImmediate();
  }
  const columnsIn = (key: string) => (kind === 'csv' ? (parseCsvCells(key)[0] ?? []) : []);
  return { name, kind, groups: [...groups].map(([key, all]) => ({ files: all, columns: columnsIn(key) })) };
}

const cure = 'marsdisk check names everything that is wrong in a batch, and the command that mends it.';

/** Longest line that names the columns, bytes. */
const longestHeader = 1 << 16;

function headerOf(file: string): string {
  const [line] = bytesOf(file, (size) => [0, Math.min(size, longestHeader)])
    .toString('utf8')
    .split(/\r?\n/, 1);
  return line!;
}

/** Bytes behind the metadata: its length, and the mark of the format. */
const trailer = 8;

/**
 * The part of a Parquet file's metadata that describes its columns, which comes first there: equal for equal columns. To decode all the
 * rest, for thousands of files, would take longer than most queries.
 * @param known the parts that have been met
 */
function schemaBytes(file: string, known: Set<string>): string {
  const end = bytesOf(file, (size) => [size - trailer, trailer]);
  const length = end.length === trailer && end.toString('latin1', 4) === 'PAR1' ? end.readUInt32LE(0) : 0;
  const metadata = bytesOf(file, (size) => [size - trailer - length, length]);
  if (length === 0 || metadata.length !== length) throw new DamagedData(file, 'is not a Parquet file', cure);
  const text = metadata.toString('latin1');
  for (const schema of known) if (text.startsWith(schema)) return schema;
  const schema = text.slice(0, schemaLength(file, metadata, end));
  known.add(schema);
  return schema;
}

/** The name of the last column, with its length in front of it, is the last that the metadata says of the columns. */
function schemaLength(file: string, metadata: Buffer, end: Buffer): number {
  const last = lastColumn(file, metadata, end);
  const name = Buffer.from(last);
  const at = metadata.indexOf(Buffer.concat([Buffer.from([name.length]), name]));
  if (at < 0) throw new DamagedData(file, 'has columns that cannot be read', cure);
  return at + 1 + name.length;
}

function lastColumn(file: string, metadata: Buffer, end: Buffer): string {
  try {
    const bytes = new Uint8Array(Buffer.concat([metadata, end]));
    return parquetMetadata(bytes.buffer).schema.at(-1)!.name;
  } catch (error) {
    throw new DamagedData(
      file,
      `is not a Parquet file: ${error instanceof Error ? error.message : error}`,
      cure,
    );
  }
}

function bytesOf(file: string, where: (size: number) => readonly [number, number]): Buffer {
  const fd = fs.openSync(file, 'r');
  try {
    const [from, length] = where(fs.fstatSync(fd).size);
    if (from < 0) return Buffer.alloc(0);
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, from));
  } finally {
    fs.closeSync(fd);
  }
}
