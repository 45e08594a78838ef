/** `marsdisk query BATCH|RUN "SQL"`: results and series of all complete cases. Reads folders only; no server is asked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBResult } from '@duckdb/node-api';
import { jsonValue, tableText, valueText } from '../report/queryTable.js';
import { looksLikeRun } from '../store/batch/batchCases.js';
import { type BatchLayout, batchLayout } from '../store/batch/batchLayout.js';
import { csvLine } from '../store/csvCells.js';
import { decimal } from '../store/csvTable.js';
import { asQueryError, BatchDatabase, QueryError, type QuerySource } from '../store/query/database.js';
import { writeSummaryOf, writeSweepSummary } from '../store/sweepSummary/write.js';
import { CommandError, exitCode } from './exit.js';

export const formats = ['table', 'csv', 'json'] as const;

export interface QueryOptions {
  readonly format: (typeof formats)[number];
}

/** Bytes; more goes to the disk, or the query is refused. */
const memory = 2 ** 30;

/** Rows of a table for people. */
const shownRows = 1000;

export async function query(name: string, sql: string, options: QueryOptions): Promise<void> {
  const folder = path.resolve(name);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(`${folder} is no folder: give that of a batch, or of a run`, exitCode.usage);
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-cases-'));
  try {
    await answer(await sourceOf(folder, scratch), sql, options);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function answer(source: QuerySource, sql: string, { format }: QueryOptions): Promise<void> {
  const threads = Math.min(4, os.availableParallelism());
  const database = await BatchDatabase.open(source, sql, { memory, threads });
  try {
    sayWithout(database.withoutSeries);
    await print[format](await database.query(sql));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw refused(error.message, database.views);
  } finally {
    database.close();
  }
}

function refused(message: string, views: readonly string[]): CommandError {
  if (message.startsWith('Out of Memory')) {
    return new CommandError(
      `${message}\nAsk for fewer columns, or for some titles at a time.`,
      exitCode.failed,
    );
  }
  return new CommandError(`${message}\nViews here: ${views.join(', ')}`, exitCode.usage);
}

/** Of a batch: its summary.parquet, as long as it is not older than what it was made from. */
async function sourceOf(folder: string, scratch: string): Promise<QuerySource> {
  if (looksLikeRun(folder)) {
    const above = batchLayout(path.dirname(folder));
    const cases = [{ title: path.basename(folder), values: {}, identity: null }];
    const summary = path.join(scratch, 'summary.parquet');
    await writeSummaryOf(above, { identity: null, model: null, cases }, summary);
    return { folder: above.folder, summary };
  }
  const layout = batchLayout(folder);
  if (isCurrent(layout)) return { folder, summary: layout.summary };
  const summary = path.join(scratch, 'summary.parquet');
  const { rows } = await writeSweepSummary(layout, summary);
  if (rows === 0)
    throw new CommandError(`${folder}: holds neither a run nor the cases of a batch`, exitCode.usage);
  return { folder, summary };
}

function isCurrent({ summary, caseStatus, definition }: BatchLayout): boolean {
  const [made, ...from] = [summary, caseStatus, definition].map(
    (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs,
  );
  return made !== undefined && from.every((time) => time === undefined || time <= made);
}

function sayWithout(titles: readonly string[]): void {
  if (titles.length === 0) return;
  const shown = titles.slice(0, 3).join(', ');
  const more = titles.length > 3 ? ` and ${titles.length - 3} more` : '';
  process.stderr.write(
    `The series of ${titles.length} complete cases are not here (${shown}${more}); when they are archived, ` +
      'ask the folder of the archive instead, or bring them back with marsdisk archive restore.\n',
  );
}

const print = {
  async table(result: DuckDBResult): Promise<void> {
    const rows: unknown[][] = [];
    let count = 0;
    for await (const row of rowsOf(result)) if (count++ < shownRows) rows.push(row);
    const width = process.stdout.isTTY ? (process.stdout.columns ?? 80) : null;
    const { lines, hidden } = tableText(result.deduplicatedColumnNames(), rows, width);
    await put(`${lines.join('\n')}\n`);
    const left = [
      ...(count > shownRows ? [`the first ${shownRows} of ${count} rows`] : []),
      ...(hidden > 0 ? [`${hidden} columns do not fit`] : []),
    ];
    if (left.length > 0) process.stderr.write(`${left.join('; ')}: --format csv gives all\n`);
  },

  async csv(result: DuckDBResult): Promise<void> {
    await put(csvLine(result.deduplicatedColumnNames()));
    for await (const row of rowsOf(result)) await put(csvLine(row.map(csvCell)));
  },

  async json(result: DuckDBResult): Promise<void> {
    const names = result.deduplicatedColumnNames();
    const columns = names.map((name, i) => ({ name, type: String(result.columnType(i)) }));
    await put(`{\n"schema": 1,\n"columns": ${JSON.stringify(columns)},\n"rows": [`);
    let between = '\n';
    for await (const row of rowsOf(result)) {
      const fields = Object.fromEntries(names.map((name, i) => [name, row[i]]));
      await put(`${between}${JSON.stringify(fields, jsonValue)}`);
      between = ',\n';
    }
    await put('\n]\n}\n');
  },
};

function csvCell(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'number' ? decimal(value) : valueText(value);
}

/** Rows as they come: never more than a chunk of the database in memory. */
async function* rowsOf(result: DuckDBResult): AsyncGenerator<unknown[]> {
  const chunks = result.yieldRowsJs();
  for (;;) {
    const { done, value } = await asQueryError(() => chunks.next());
    if (done) return;
    yield* value;
  }
}

/** Waits while the reader is slower. */
async function put(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
