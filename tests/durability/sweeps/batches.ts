/** Sweeps of short cases for the tests, and what they leave behind. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { comparedFiles, root } from '../command.js';

/** About two hundred steps in four segments: a case that begins, goes on and ends within a second. */
const short = {
  'numerics.t_end_years': 0.002,
  'numerics.checkpoint.interval_years': 100,
  'execution.segment_max_steps': 80,
  'io.figures': false,
  'radiation.qpr_table_path': null,
  'radiation.Q_pr': 1,
};

const tag = 'short';

export const axes = { T: [4000, 3000, 2000], i0: [0.05, 0.02, 0.01, 0.005] };

/** Begins with a state that its first steps cannot leave: fails in its first segment. */
export const failing = { where: { T: 2000, i0: [0.02, 0.01] }, set: { 'numerics.max_steps': 5 } };

/** Titles of the cases that fail so. */
export const failingTitles = ['T2000_i00p01', 'T2000_i00p02'];

/**
 * Writes a sweep file (JSON is YAML) of twelve cases into a folder, where its batches go, too. The same tag for all, because it stands in what
 * is compared.
 */
export function sweepFile(folder: string, parts: Readonly<Record<string, unknown>> = {}): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'sweep.yml');
  const { overrides = {}, ...others } = parts as { overrides?: object };
  const base = path.join(root, 'configs/quickstart.yml');
  const whole = { base, tag, axes, overrides: { ...short, ...overrides }, root: folder, ...others };
  writeFileSync(file, JSON.stringify(whole));
  return file;
}

/** The batches of a sweep, the oldest first. */
export function batchesOf(folder: string): string[] {
  return readdirSync(path.join(folder, tag), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /__seed/.test(entry.name))
    .map(({ name }) => path.join(folder, tag, name))
    .sort();
}

/** The newest batch of a sweep. */
export function batchOf(folder: string): string {
  return batchesOf(folder).at(-1)!;
}

export interface Status {
  readonly state: string;
  readonly reason: string;
}

/** checks/case_status.csv by title. */
export function caseStatus(batch: string): Record<string, Status> {
  const [, ...lines] = readFileSync(path.join(batch, 'checks/case_status.csv'), 'utf8').trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [, title, state, reason] = /^([^,]*),([^,]*),(.*)$/.exec(line)!;
      return [title!, { state: state!, reason: reason! }];
    }),
  );
}

/** Titles by how their cases ended. */
export function titlesOf(batch: string, state: string): string[] {
  return Object.entries(caseStatus(batch)).flatMap(([title, one]) => (one.state === state ? [title] : []));
}

/** Hashes of the files of the complete cases that no cut and no kill may change, and of what the batch says of its cases. */
export function comparedBatch(batch: string): Record<string, string> {
  const inCases = titlesOf(batch, 'complete').flatMap((title) =>
    Object.entries(comparedFiles(path.join(batch, title))).map(([name, bytes]) => [
      `${title}/${name}`,
      hash(bytes),
    ]),
  );
  const ofBatch = ['summary.parquet', 'checks/case_status.csv', 'checks/expected_sweep_list.txt'].map(
    (name) => [name, hash(readFileSync(path.join(batch, name)))],
  );
  return Object.fromEntries([...inCases, ...ofBatch]);
}

function hash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Workflow id of a case, or of the sweep itself. */
export function idIn(batch: string, title: string | null): string {
  const file = title === null ? path.join(batch, 'sweep_id') : path.join(batch, title, 'run_id');
  return readFileSync(file, 'utf8').trim();
}
