/** The cases of a batch, of this program or of the original one. */
import fs from 'node:fs';
import path from 'node:path';
import type { AxisValue } from '../../config/sweep/sweepSpec.js';
import { expectedCases } from '../completeness/expected.js';
import { layoutOf } from '../layout.js';
import type { BatchLayout } from './batchLayout.js';
import { readDefinition } from './definition.js';

export interface BatchCase {
  /** Name of its folder in the batch. */
  readonly title: string;
  readonly values: Readonly<Record<string, AxisValue>>;
  /** Of its run; null where nobody has written it down. */
  readonly identity: string | null;
}

export interface BatchCases {
  /** Of the sweep; null for batches of the original program. */
  readonly identity: string | null;
  readonly model: string | null;
  readonly cases: readonly BatchCase[];
}

/**
 * In the order of the definition, or of the original's list; without either, the folders that look like runs, by name.
 * @throws DamagedData
 */
export function casesOfBatch(layout: BatchLayout): BatchCases {
  const definition = readDefinition(layout);
  if (definition === null) return { identity: null, model: null, cases: originalCases(layout) };
  const { identity, first, cases } = definition;
  return { identity, model: first.model, cases };
}

function originalCases(layout: BatchLayout): readonly BatchCase[] {
  return fs.existsSync(layout.expectedList) ? expectedCases(layout).cases : foundCases(layout);
}

function foundCases(layout: BatchLayout): BatchCase[] {
  return fs
    .readdirSync(layout.folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && looksLikeRun(path.join(layout.folder, entry.name)))
    .map(({ name }) => ({ title: name, values: valuesInTitle(name), identity: null }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** Whether a folder is that of a run, finished or not. */
export function looksLikeRun(folder: string): boolean {
  const { summary, runConfig, series } = layoutOf(folder);
  return [summary, runConfig, series].some((file) => fs.existsSync(file));
}

const number = '([0-9][0-9p.e+-]*)';
const titlePattern = new RegExp(
  `^T_?${number}(?:_eps${number})?(?:_tau${number})?(?:_i0${number})?(?:_mu${number})?$`,
);
const titleNames = ['T', 'eps', 'tau', 'i0', 'mu'];

/** What a title of the original program says: `T4000_eps0p5_tau1p0_i00p05`. */
export function valuesInTitle(title: string): Record<string, number> {
  const found = titlePattern.exec(title)?.slice(1) ?? [];
  const values = found.map((text) => (text === undefined ? Number.NaN : Number(text.replace('p', '.'))));
  return Object.fromEntries(
    titleNames
      .map((name, i) => [name, values[i] ?? Number.NaN] as const)
      .filter(([, value]) => Number.isFinite(value)),
  );
}
