/** A run of the original program: no identity and no hashes, so its files are held against the case and against themselves. */
import fs from 'node:fs';
import path from 'node:path';
import { DamagedData } from '../error.js';
import { namesIn } from '../folders.js';
import { readFooter } from '../series.js';
import type { ExpectedCase } from './expected.js';
import type { Finding } from './finding.js';
import { budgetProblem } from './massBudget.js';
import { rowsProblem } from './seriesRows.js';

/** Names under which run_config.json of the original holds the values of a case, wherever in it. */
const leaves: Readonly<Record<string, readonly string[]>> = {
  T: ['TM_K', 'T_M', 'T_M_used'],
  eps: ['epsilon_mix'],
  tau: ['tau0_target'],
  i0: ['i0'],
  mu: ['mu_orbit10pct'],
};

/** What is wrong with the files that are there. */
export async function checkOriginalRun(folder: string, { values }: ExpectedCase): Promise<Finding[]> {
  const found = [
    documentProblem(folder, 'summary.json', () => null),
    documentProblem(folder, 'run_config.json', (config) => configProblem(config, values)),
    await problemOf(folder, 'checks/mass_budget.csv', budgetProblem),
    await problemOf(folder, 'series/run.parquet', (file) => rowsProblem(file, true)),
    ...(await chunkProblems(folder)),
  ];
  return found.filter((finding) => finding !== null);
}

/** Chunks that stand for the series of a run that was not merged, in order. */
export function chunksOf(folder: string): string[] {
  return namesIn(path.join(folder, 'series'))
    .filter((name) => chunkName.test(name))
    .sort();
}

const chunkName = /^run_chunk_(\d{9})_(\d{9})\.parquet$/;

/** A chunk that is missing in the middle shows in the names: each begins behind the last step of the one before. */
async function chunkProblems(folder: string): Promise<(Finding | null)[]> {
  if (fs.existsSync(path.join(folder, 'series/run.parquet'))) return [];
  let next: number | null = null;
  const found: (Finding | null)[] = [];
  for (const name of chunksOf(folder)) {
    const [, first, last] = chunkName.exec(name)!.map(Number);
    const file = `series/${name}`;
    const problem = next !== null && first !== next ? `begins at step ${first}, expected ${next}` : null;
    found.push(problem === null ? null : { file, reason: problem });
    found.push(
      await problemOf(folder, file, async (place) =>
        (await readFooter(place)).rows === 0 ? 'holds no rows' : null,
      ),
    );
    next = last! + 1;
  }
  return found;
}

async function problemOf(
  folder: string,
  name: string,
  look: (file: string) => Promise<string | null>,
): Promise<Finding | null> {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return null;
  try {
    const reason = await look(file);
    return reason === null ? null : { file: name, reason };
  } catch (error) {
    if (error instanceof DamagedData) return { file: name, reason: error.reason };
    throw error;
  }
}

function documentProblem(
  folder: string,
  name: string,
  look: (value: unknown) => string | null,
): Finding | null {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return null;
  const value = parsed(fs.readFileSync(file, 'utf8'));
  const reason = value === undefined ? 'is not valid JSON' : look(value);
  return reason === null ? null : { file: name, reason };
}

/** The original writes bare NaN and Infinity, which JSON does not have. */
function parsed(text: string): unknown {
  const bare = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g;
  try {
    const value: unknown = JSON.parse(text.replace(bare, (_, quoted?: string) => quoted ?? 'null'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function configProblem(config: unknown, values: Readonly<Record<string, number>>): string | null {
  for (const [name, expected] of Object.entries(values)) {
    const found = (leaves[name] ?? []).flatMap((leaf) => numbersUnder(config, leaf));
    if (found.length > 0 && !found.includes(expected)) {
      return `is of another case: ${name} is ${found[0]}, expected ${expected}`;
    }
  }
  return null;
}

function numbersUnder(value: unknown, leaf: string): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === leaf && typeof inner === 'number' ? [inner] : numbersUnder(inner, leaf),
  );
}
