import fs from 'node:fs';
import path from 'node:path';
import type { Convergence } from '../report/convergence.js';
import { quotedNumbers } from '../report/convergenceText.js';
import { type RunSummary, summaryText } from '../report/summaryText.js';
import { modelNamed } from '../sim/models.js';
import { readPointer } from '../store/archive/markers.js';
import { readConvergence } from '../store/convergenceFile.js';
import type { RunLayout } from '../store/layout.js';

interface StoredSummary extends Omit<RunSummary, 'segments' | 'restarts' | 'engineChanged'> {
  readonly files: readonly { readonly path: string; readonly rows: number; readonly bytes: number }[];
  readonly execution: {
    readonly segments: number;
    readonly restartCount: number;
    readonly exactness?: string;
  };
}

/** The result goes to standard output: for people, or as JSON. */
export function printSummary(
  layout: RunLayout,
  stored: Record<string, unknown>,
  options: { readonly json: boolean },
): void {
  const convergence = readConvergence<Convergence>(layout, stored.identity);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 1, outdir: layout.outdir, summary: stored, ...(convergence && { convergence }) }, null, 2)}\n`,
    );
    return;
  }
  const summary = stored as unknown as StoredSummary;
  const { segments, restartCount, exactness } = summary.execution;
  const engineChanged = exactness === 'engine-changed';
  const pointer = readPointer(layout.outdir);
  const shown = (file: string) => {
    const here = path.join(layout.outdir, file);
    return pointer === null || fs.existsSync(here) ? path.relative('.', here) : `${pointer.archive}/${file}`;
  };
  const files = [
    ...summary.files.map((file) => ({ ...file, path: shown(file.path) })),
    { path: shown('summary.json') },
    { path: shown('run_config.json') },
    ...(fs.existsSync(path.join(layout.plots, 'overview.png'))
      ? [{ path: shown('plots/overview.png') }, { path: shown('plots/overview.svg') }]
      : []),
  ];
  process.stdout.write(summaryText({ ...summary, segments, restarts: restartCount, engineChanged }, files));
  if (convergence !== null) printConvergence(convergence, summary.model);
}

/** What `marsdisk converge --store` has found for this run. */
function printConvergence(convergence: Convergence, model: string): void {
  const meanings = modelNamed(model).summaryMeanings ?? {};
  const units = Object.fromEntries(Object.entries(meanings).map(([name, { unit }]) => [name, unit]));
  process.stdout.write(
    `\nErrors by resolution (marsdisk converge)\n${quotedNumbers(convergence, units).join('\n')}\n`,
  );
}

/** A run that ends with its rows in parts, as io.streaming.merge_at_end: false asks for. */
export function printUnmerged(title: string, layout: RunLayout, options: { readonly json: boolean }): void {
  const parts = path.relative('.', layout.parts);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schema: 1, outdir: layout.outdir, summary: null, parts: layout.parts }, null, 2)}\n`
      : `${title}: computed; its rows stay in verified parts in ${parts}, because io.streaming.merge_at_end is false.\n` +
          'The same command with io.streaming.merge_at_end=true merges them into the series and writes the summary.\n',
  );
}
