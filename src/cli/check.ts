/** `marsdisk check BATCH|RUN`: what is there, what is not, and why. Looks at folders only; no server is asked. */
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { checkText } from '../report/checkText.js';
import { type BatchLayout, batchLayout, isBatch } from '../store/batch/batchLayout.js';
import { readDefinition, specOfCase } from '../store/batch/definition.js';
import { checkBatch } from '../store/completeness/checkBatch.js';
import { type CheckOptions, checkCase } from '../store/completeness/checkCase.js';
import { type CheckedBatch, type Finding, isWhole, unusableIn } from '../store/completeness/finding.js';
import { writeReport } from '../store/completeness/reportFiles.js';
import { summaryProblems } from '../store/completeness/summaryFile.js';
import { writeSweepSummary } from '../store/sweepSummary/write.js';
import { checkingIn } from '../worker/checkPool.js';
import { CommandError, exitCode } from './exit.js';
import { shellWord } from './shellWord.js';

export interface CheckCommand {
  readonly archiveDir?: string;
  readonly require: readonly string[];
  readonly csv?: string;
  readonly json?: string;
  readonly strict: boolean;
  readonly mend: boolean;
}

export async function check(name: string, options: CheckCommand): Promise<void> {
  const folder = path.resolve(name);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(`${folder} is no folder: give that of a batch, or of a run`, exitCode.usage);
  }
  const looking = {
    archive: options.archiveDir === undefined ? null : path.resolve(options.archiveDir),
    require: options.require,
  };
  const ofBatch = isBatch(folder);
  if (options.mend) await mendAll(folder, ofBatch);
  const checked = ofBatch
    ? await wholeBatch(folder, looking, options)
    : await oneRun(folder, looking, options);
  process.stdout.write(checkText(checked));
  const cure = ofBatch ? cureOfBatch(checked, name) : cureOfRun(checked);
  if (cure !== null) process.stdout.write(`${cure}\n`);
  const code = codeOf(checked, options.strict);
  if (code !== exitCode.complete) throw new CommandError(`${name}: ${verdicts[code]}`, code);
}

/** Finished runs get back what they have lost; what cannot be brought back shows in the check behind. */
async function mendAll(folder: string, ofBatch: boolean): Promise<void> {
  const { mend } = await import('./mend.js');
  const say = (message: string) => process.stderr.write(`${message}\n`);
  if (!ofBatch) {
    await mend(folder, null, say);
    return;
  }
  const layout = batchLayout(folder);
  const definition = readDefinition(layout);
  if (definition === null) {
    throw new CommandError(`${folder}: runs of the original program cannot be mended`, exitCode.usage);
  }
  for (const [index, { title }] of definition.cases.entries()) {
    const spec = specOfCase(definition, index, layout);
    await mend(spec.outdir, spec, say).catch((error: Error) => say(`${title}: ${error.message}`));
  }
}

async function wholeBatch(
  folder: string,
  looking: CheckOptions,
  options: CheckCommand,
): Promise<CheckedBatch> {
  const layout = batchLayout(folder);
  const say = (done: number, of: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} cases${done === of ? '\n' : ''}`);
  };
  const checked = await checkBatch(layout, looking, say, checkingIn(availableParallelism()));
  const summary = await summaryProblems(layout, checked.cases);
  const mended = options.mend && summary.some(isSummary(layout));
  if (mended) {
    await writeSweepSummary(layout);
    process.stderr.write(`${layout.summary}: written anew\n`);
  }
  const all = { ...checked, problems: [...checked.problems, ...(mended ? [] : summary)] };
  writeReport(all, {
    csv: options.csv ?? layout.completenessCsv,
    json: options.json ?? layout.completenessJson,
  });
  return all;
}

function isSummary({ folder, summary }: BatchLayout): (finding: Finding) => boolean {
  return ({ file }) => path.join(folder, file) === summary;
}

/** A run is a batch of one; its own folder is left as it is, unless files are asked for. */
async function oneRun(
  folder: string,
  looking: CheckOptions,
  { csv, json }: CheckCommand,
): Promise<CheckedBatch> {
  const layout = batchLayout(path.dirname(folder));
  const expected = { title: path.basename(folder), identity: null, values: {} };
  const one = await checkCase(layout, expected, undefined, looking);
  const problems = unusableIn([one]);
  const checked = { folder: layout.folder, cases: [one], unexpected: [], duplicates: [], problems };
  writeReport(checked, { csv, json });
  return checked;
}

/** The one command that makes the batch whole; null when it is. Whatever mends cases writes the summary behind them. */
function cureOfBatch({ folder, cases, problems }: CheckedBatch, name: string): string | null {
  const open = new Set(cases.filter((one) => !isWhole(one)).map(({ status }) => status));
  if (open.size === 0) {
    const stale = problems.some(isSummary(batchLayout(folder)));
    return stale ? `Write its summary anew with\n  marsdisk summarize ${shellWord(name)}` : null;
  }
  if (readDefinition(batchLayout(folder)) === null) {
    return 'This batch is of the original program, which has to compute what is missing.';
  }
  return `Mend it, and nothing else, with\n  marsdisk sweep --batch ${shellWord(name)}${flags(open)}`;
}

function flags(open: ReadonlySet<string>): string {
  const kinds = [...open].map((status) => (status === 'partial' ? 'missing' : status));
  if (new Set(kinds).size === 1) return ` --only ${kinds[0]}`;
  return open.has('failed') ? ' --retry-failed' : '';
}

function cureOfRun({ cases }: CheckedBatch): string | null {
  return cases.every(isWhole)
    ? null
    : 'If the run has ended, marsdisk check --mend brings back what it has lost; if not, its command goes on with it.';
}

const verdicts: Readonly<Record<number, string>> = {
  [exitCode.failed]: 'not everything is as it should be',
  [exitCode.incomplete]: 'not complete',
  [exitCode.damaged]: 'stored data is damaged',
};

/** Damage comes first: it will not go away by computing on. With --strict everything that is not whole counts the same. */
function codeOf({ cases, unexpected, duplicates, problems }: CheckedBatch, strict: boolean): number {
  const open = cases.filter((one) => !isWhole(one));
  const odd = [...unexpected, ...duplicates, ...problems];
  if (strict) return open.length + odd.length > 0 ? exitCode.failed : exitCode.complete;
  if (problems.length > 0 || open.some(({ status }) => status === 'damaged')) return exitCode.damaged;
  return open.length > 0 ? exitCode.incomplete : exitCode.complete;
}
