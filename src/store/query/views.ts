/** The SQL of the views over a batch: `cases`, and one for each series. */
import type { Series } from './seriesFiles.js';

/** A name as SQL takes it, whatever is in it. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The path for a function that takes patterns. */
export function literalPath(file: string): string {
  return file.replace(/[[*?]/g, (sign) => `[${sign}]`);
}

export function casesView(summary: string): string {
  return `CREATE VIEW cases AS SELECT * FROM read_parquet(${quotedText(literalPath(summary))})`;
}

/** Variable with the list of a group's files: the text of a view with thousands of them would be read again for each query. */
export function variableOf(series: Series, group: number): string {
  return `files_${group}_${series.name}`;
}

/** A column of a series, its type as DuckDB calls it. */
export interface ViewColumn {
  readonly name: string;
  readonly type: string;
}

export interface Axis {
  /** As a column of `cases`. */
  readonly name: string;
  readonly expression: string;
}

/**
 * A view with the rows of all cases: title and axes in front of the series' own columns. The title comes from the path, so that a
 * query for some titles opens their files only.
 * @param axes columns of `cases`
 * @param columns of the series
 */
export function seriesView(series: Series, axes: readonly string[], columns: readonly ViewColumn[]): string {
  const taken = new Set(['title', ...columns.map(({ name }) => name)].map((name) => name.toLowerCase()));
  const asked = axes.map((axis) => `c.${quotedName(axis)} AS ${quotedName(freeName(axis, taken))}`);
  const rows = series.groups.map((_, group) => `SELECT * FROM ${source(series, group)}`);
  const front = ['r.source_title AS title', ...asked, `r.* EXCLUDE (source_title)${withNulls(columns)}`];
  const body = `SELECT ${front.join(', ')} FROM (${rows.join(' UNION ALL BY NAME ')}) r`;
  const join = asked.length === 0 ? '' : ' JOIN cases c ON c.title = r.source_title';
  return `CREATE VIEW ${quotedName(series.name)} AS ${body}${join}`;
}

/**
 * What a run does not have is NaN in its files. SQL takes NaN for the largest of all numbers and for no number to compute with: there
 * it is null. Not so `time`, which every row has and by which row groups are skipped.
 */
function withNulls(columns: readonly ViewColumn[]): string {
  const replaced = columns
    .filter(({ name, type }) => type === 'DOUBLE' && name !== 'time')
    .map(({ name }) => `nullif(r.${quotedName(name)}, 'nan'::DOUBLE) AS ${quotedName(name)}`);
  return replaced.length === 0 ? '' : ` REPLACE (${replaced.join(', ')})`;
}

/** An axis with the name of a column of the series, `tau` for one. */
function freeName(axis: string, taken: Set<string>): string {
  const name = taken.has(axis.toLowerCase()) ? freeName(`axis_${axis}`, taken) : axis;
  taken.add(name.toLowerCase());
  return name;
}

/** `<folder>/<title>/series/run.parquet` */
const titleInPath = 'parse_path(source_file)[-3]';

/** Tables that are written as CSV hold numbers. */
function csvTypes(columns: readonly string[]): string {
  return `{${columns.map((name) => `${quotedText(name)}: 'DOUBLE'`).join(', ')}}`;
}

function source(series: Series, group: number): string {
  const files = `getvariable(${quotedText(variableOf(series, group))})`;
  const read =
    series.kind === 'csv'
      ? `read_csv(${files}, header = true, auto_detect = false, columns = ${csvTypes(series.groups[group]!.columns)}, filename = 'source_file')`
      : `read_parquet(${files}, filename = 'source_file')`;
  return `(SELECT ${titleInPath} AS source_title, * EXCLUDE (source_file) FROM ${read})`;
}

/** The columns of the series, without its rows. */
export function columnsQuery(series: Series): string {
  const rows = series.groups.map((_, group) => `SELECT * FROM ${source(series, group)}`);
  return `SELECT * EXCLUDE (source_title) FROM (${rows.join(' UNION ALL BY NAME ')}) LIMIT 0`;
}
