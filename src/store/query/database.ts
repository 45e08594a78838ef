/** DuckDB over a batch: in memory, bounded, without network, extensions or any file but those of the batch. Loaded when it is asked for. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { findSeries, groupedByColumns, type Series, type SeriesFiles } from './seriesFiles.js';
import { casesView, columnsQuery, literalPath, quotedText, seriesView, variableOf } from './views.js';

/** What a query may look at. */
export interface QuerySource {
  /** Folder with those of the cases. */
  readonly folder: string;
  /** A row for each case: summary.parquet, or one like it. */
  readonly summary: string;
}

export interface QueryLimits {
  /** Bytes. */
  readonly memory: number;
  readonly threads: number;
}

/** The database does not take the query, or cannot answer it; the message is for the user. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

export class BatchDatabase {
  private constructor(
    readonly connection: DuckDBConnection,
    private readonly close_: () => void,
    /** Names of all views. */
    readonly views: readonly string[],
    /** Titles of complete cases whose series are not here. */
    readonly withoutSeries: readonly string[],
  ) {}

  /**
   * @param sql the query, to prepare no more series than it names
   * @throws DamagedData when a file of the batch cannot be read
   */
  static async open(source: QuerySource, sql: string, limits: QueryLimits): Promise<BatchDatabase> {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-query-'));
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${Math.ceil(limits.memory / 2 ** 20)}MiB`,
      threads: String(limits.threads),
      temp_directory: scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const close = () => {
      connection.closeSync();
      instance.closeSync();
      fs.rmSync(scratch, { recursive: true, force: true });
    };
    try {
      await connection.run(casesView(source.summary));
      const titles = await textColumn(connection, "SELECT title FROM cases WHERE state = 'complete'");
      const { series, without } = await findSeries(source.folder, titles);
      const axes = await axesOf(connection);
      for (const one of named(series, sql)) {
        await createView(connection, await groupedByColumns(one), axes);
      }
      await shutIn(connection, source);
      const views = ['cases', ...series.map(({ name }) => name)];
      return new BatchDatabase(connection, close, views, without);
    } catch (error) {
      close();
      throw error;
    }
  }

  /** Answers a query whose rows come one chunk at a time. @throws QueryError */
  async query(sql: string): Promise<DuckDBResult> {
    const { StatementType } = await import('@duckdb/node-api');
    if (/^(\s|;|--.*)*$/.test(sql)) throw new QueryError('the query is empty');
    return asQueryError(async () => {
      const statements = await this.connection.extractStatements(sql);
      for (let i = 0; ; i++) {
        const prepared = await statements.prepare(i);
        const type = StatementType[prepared.statementType]!;
        if (!allowed.includes(type))
          throw new QueryError(`${type} statements are not allowed: queries only read`);
        if (type === 'EXPLAIN') await this.#requireHarmless(sql, statements.count);
        if (i === statements.count - 1) return prepared.stream();
        await prepared.run();
      }
    });
  }

  /** EXPLAIN ANALYZE runs what it explains. */
  async #requireHarmless(sql: string, count: number): Promise<void> {
    const { StatementType } = await import('@duckdb/node-api');
    const explained = /^\s*explain\s+(?:analyze\s+)?(.*)$/is.exec(sql)?.[1];
    const inner = explained === undefined ? null : await this.connection.prepare(explained);
    if (count > 1 || inner?.statementType !== StatementType.SELECT) {
      throw new QueryError('EXPLAIN takes a single SELECT here');
    }
  }

  close(): void {
    this.close_();
  }
}

/** CREATE makes tables in memory: PIVOT needs it. */
const allowed = ['SELECT', 'EXPLAIN', 'CREATE'];

/** Runs what asks the database; its complaints are for the user. */
export async function asQueryError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError(error instanceof Error ? error.message.trimEnd() : String(error));
  }
}

/** The series that the query names; all of them when it names none, because then it may ask which there are. */
function named(series: readonly SeriesFiles[], sql: string): readonly SeriesFiles[] {
  const words = new Set(sql.toLowerCase().match(/\w+/g));
  const found = series.filter(({ name }) => words.has(name.toLowerCase()));
  return found.length > 0 || words.has('cases') ? found : series;
}

async function textColumn(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map(([text]) => String(text));
}

/** Axes stand between title and state. */
async function axesOf(connection: DuckDBConnection): Promise<string[]> {
  const names = (await connection.run('SELECT * FROM cases LIMIT 0')).columnNames();
  return names.slice(1, names.indexOf('state'));
}

async function createView(
  connection: DuckDBConnection,
  series: Series,
  axes: readonly string[],
): Promise<void> {
  for (const [group, { files }] of series.groups.entries()) {
    const list = files.map((file) => quotedText(literalPath(file))).join(', ');
    await connection.run(`SET VARIABLE "${variableOf(series, group)}" = [${list}]`);
  }
  const found = await connection.run(columnsQuery(series));
  const types = found.columnTypes();
  const columns = found.columnNames().map((name, i) => ({ name, type: String(types[i]) }));
  await connection.run(seriesView(series, axes, columns));
}

/** From here on, nothing but the files of the batch can be reached, and nothing of this can be undone. */
async function shutIn(connection: DuckDBConnection, { folder, summary }: QuerySource): Promise<void> {
  const folders = [folder, path.dirname(summary)].flatMap((one) => [one, literalPath(one)]);
  const list = [...new Set(folders)].map((one) => quotedText(`${one}${path.sep}`)).join(', ');
  await connection.run(`SET allowed_directories = [${list}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}
