import fs from 'node:fs';
import path from 'node:path';
import { readJson, sortedJson } from '../documents.js';
import { DamagedData } from '../error.js';
import { layoutOf, type RunLayout } from '../layout.js';
import type { MergedFile, MergeRecord } from '../mergeRecord.js';
import { readFooter } from '../series.js';
import { verifyInTurns } from '../verify.js';
import type { ExpectedCase } from './expected.js';
import type { Finding } from './finding.js';
import { budgetProblem } from './massBudget.js';
import { rowsProblem } from './seriesRows.js';

interface StoredSummary {
  readonly identity?: unknown;
  readonly files?: readonly MergedFile[];
}

interface StoredConfig {
  readonly identity?: unknown;
  readonly title?: unknown;
  readonly configuration?: {
    readonly io?: { readonly output_every?: unknown; readonly series_stride?: unknown };
  };
}

/** What is wrong with the files of a run of this program, and which files it must have beside those that every run has. */
export interface OwnRun {
  readonly required: readonly string[];
  readonly damage: readonly Finding[];
}

/**
 * Holds the files that are there against each other and against the run that they should be of: identities, the hashes of the merge,
 * numbers and order of rows, the mass budget.
 */
export async function checkOwnRun(folder: string, { identity }: ExpectedCase): Promise<OwnRun> {
  const layout = layoutOf(folder);
  const damage: Finding[] = [];
  const summary = document<StoredSummary>(layout, layout.summary, damage);
  const config = document<StoredConfig>(layout, layout.runConfig, damage);
  const merged = document<MergeRecord>(layout, layout.merged, damage);
  const expected = identity ?? idOf(config) ?? idOf(summary) ?? idOf(merged);
  const documents = [
    [layout.summary, summary],
    [layout.runConfig, config],
    [layout.merged, merged],
  ] as const;
  for (const [file, found] of documents) {
    if (found !== null && found.identity !== expected) {
      damage.push({ file: below(layout, file), reason: foreign(found.identity, expected) });
    }
  }
  const trusted = [summary, merged].find((one) => one !== null && one.identity === expected);
  const files = trusted?.files ?? [];
  if (summary !== null && merged !== null && JSON.stringify(summary.files) !== JSON.stringify(merged.files)) {
    damage.push({
      file: 'checks/merged.json',
      reason: 'names other files, or other hashes, than summary.json',
    });
  }
  for (const file of files) damage.push(...(await mergedFile(layout, file, expected, config)));
  return { required: ['checks/merged.json', ...files.map((file) => file.path)], damage };
}

function idOf(found: { readonly identity?: unknown } | null): string | null {
  return typeof found?.identity === 'string' ? found.identity : null;
}

function foreign(found: unknown, expected: string | null): string {
  const of = typeof found === 'string' ? `is of another run, ${found.slice(0, 12)}` : 'names no identity';
  return `${of}; expected ${expected?.slice(0, 12)}`;
}

function document<T>(layout: RunLayout, file: string, damage: Finding[]): T | null {
  try {
    const value = readJson(file);
    const isObject = typeof value === 'object' && !Array.isArray(value);
    // A byte between the words changes no meaning, but somebody has changed it.
    if (
      value === null ? !fs.existsSync(file) : isObject && sortedJson(value) === fs.readFileSync(file, 'utf8')
    ) {
      return value as T | null;
    }
    damage.push({ file: below(layout, file), reason: 'is not as it was written' });
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    damage.push({ file: below(layout, file), reason: error.reason });
  }
  return null;
}

function below(layout: RunLayout, file: string): string {
  return path.relative(layout.outdir, file).split(path.sep).join('/');
}

async function mergedFile(
  layout: RunLayout,
  record: MergedFile,
  identity: string | null,
  config: StoredConfig | null,
): Promise<Finding[]> {
  const file = path.join(layout.outdir, record.path);
  if (!fs.existsSync(file)) return []; // that is said of all missing files together
  try {
    await verifyInTurns(file, record, '');
    const problem = await contentProblem(file, record, config);
    return problem === null ? [] : [{ file: record.path, reason: problem }];
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    return [{ file: record.path, reason: (await strangers(file, identity)) ?? error.reason }];
  }
}

/** The hash says that the file is what was merged; this, that what was merged is a series without gaps. */
async function contentProblem(
  file: string,
  { path: name, rows }: MergedFile,
  config: StoredConfig | null,
): Promise<string | null> {
  if (name === 'checks/mass_budget.csv') return budgetProblem(file);
  if (!name.endsWith('.parquet')) return null;
  const footer = await readFooter(file);
  if (footer.rows !== rows) return `holds ${footer.rows} rows, recorded were ${rows}`;
  if (name !== 'series/run.parquet') return null;
  const { output_every: every, series_stride: stride } = config?.configuration?.io ?? {};
  return rowsProblem(file, (every ?? null) === null && (stride ?? 1) === 1);
}

/** Says whose it is when a series of another run lies in its place. */
async function strangers(file: string, identity: string | null): Promise<string | null> {
  if (!file.endsWith('.parquet')) return null;
  try {
    const found = (await readFooter(file)).metadata.identity;
    return found === undefined || found === identity ? null : foreign(found, identity);
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}
