import path from 'node:path';
import { loadSweep } from '../../../src/config/sweep/load.js';
import type { SweepSpec } from '../../../src/config/sweep/sweepSpec.js';
import { temporary } from '../loading.js';

export const base = path.resolve('configs/quickstart.yml');

type Options = Partial<Omit<Parameters<typeof loadSweep>[0], 'file'>>;

/** A sweep of quickstart with a constant Q_pr. */
export const sweepOf = (text: string, options: Options = {}): Promise<SweepSpec> =>
  loadSweep({ file: sweepFile(text), ...options });

export const sweepFile = (text: string): string =>
  temporary('sweep.yml', `base: ${base}\noverrides: {radiation.Q_pr: 1}\n${text}\n`);

export const titles = async (text: string): Promise<string[]> =>
  (await sweepOf(text)).cases.map(({ title }) => title);
