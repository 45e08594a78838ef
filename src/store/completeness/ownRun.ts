import fs from 'node:fs';
import path from 'node:path';
import { DamagedData } from '../error.js';
import { type FinishedRun, foreign, readFinishedRun, type StoredConfig } from '../finishedRun.js';
import { layoutOf, type RunLayout } from '../layout.js';
import type { MergedFile } from '../mergeRecord.js';
import { readFooter } from '../series.js';
import { verifyInTurns } from '../verify.js';
import type { ExpectedCase } from './expected.js';
import { emptyFiles, figuresOf } from './figures.js';
import type { Finding } from './finding.js';
import { budgetProblem } from './massBudget.js';
import { rowsProblem } from './seriesRows.js';

/** What is wrong with the files of a run of this program, and which files it must have beside those that every run has. */
export interface OwnRun {
  readonly required: readonly string[];
  readonly damage: readonly Finding[];
}

/**
 * Holds the files that are there against each other and against the run that they should be of: seals, identities, the hashes of the
 * merge, numbers and order of rows, the mass budget.
 * @param deep false: what the hashes imply (rows, budget) is not looked at
 */
export async function checkOwnRun(
  folder: string,
  { identity }: Pick<ExpectedCase, 'identity'>,
  deep = true,
): Promise<OwnRun> {
  const layout = layoutOf(folder);
  const run = readFinishedRun(layout, identity);
  const damage = [...documentProblems(run), ...idProblem(layout, run)];
  const files = recordedFiles(run);
  for (const file of files) damage.push(...(await mergedFile(layout, file, run, deep)));
  const kept = run.summary.sealed || run.config.sealed ? ['checks/segments.json'] : [];
  const figures = figuresOf(run);
  damage.push(...emptyFiles(folder, figures));
  const required = ['checks/merged.json', ...kept, ...files.map((file) => file.path), ...figures];
  return { required, damage };
}

/** The merged files as recorded; the summary, which vouches for itself, comes first. */
export function recordedFiles({ summary, merged }: FinishedRun): readonly MergedFile[] {
  return summary.value?.files ?? merged.value?.files ?? [];
}

function documentProblems(run: FinishedRun): Finding[] {
  const { summary, config, merged, kept } = run;
  const found = [
    ['summary.json', summary.problem],
    ['run_config.json', config.problem],
    ['checks/merged.json', merged.problem ?? mergeProblem(run)],
    ['checks/segments.json', kept.problem],
  ] as const;
  return found.flatMap(([file, reason]) => (reason === null ? [] : [{ file, reason }]));
}

/** The record of the merge has no seal: the summary repeats its files, the last segment its source. */
export function mergeProblem({ summary, merged, kept }: FinishedRun): string | null {
  if (merged.value === null) return null;
  const { files, source } = merged.value;
  if (summary.value !== null && JSON.stringify(summary.value.files) !== JSON.stringify(files)) {
    return 'names other files, or other hashes, than summary.json';
  }
  const end = kept.value?.stretches.at(-1)?.endHash;
  return end === undefined || end === null || end === source
    ? null
    : 'names another last state than checks/segments.json';
}

function idProblem({ runId }: RunLayout, { summary }: FinishedRun): Finding[] {
  const expected = summary.value?.execution?.workflowId;
  if (expected === undefined || !fs.existsSync(runId)) return [];
  const found = fs.readFileSync(runId, 'utf8');
  if (found === `${expected}\n`) return [];
  return [{ file: 'run_id', reason: `holds ${JSON.stringify(found.slice(0, 80))}, expected ${expected}` }];
}

async function mergedFile(
  layout: RunLayout,
  record: MergedFile,
  { identity, config }: FinishedRun,
  deep: boolean,
): Promise<Finding[]> {
  const file = path.join(layout.outdir, record.path);
  if (!fs.existsSync(file)) return []; // that is said of all missing files together
  try {
    await verifyInTurns(file, record, '');
    const problem = deep ? await contentProblem(file, record, config.value) : null;
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
