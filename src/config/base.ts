import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from './error.js';
import { Problems } from './problems.js';
import type { Entry } from './source/entry.js';
import { overlay } from './source/layers.js';
import { TableCache } from './tables/inputs.js';

/** What one or many runs begin with: the values below their own, and the tables that they share. Its files are read once. */
export interface Base {
  /** Path of the configuration file. */
  readonly file: string;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Where relative paths of tables are looked for. */
  readonly folders: readonly string[];
  readonly tables: TableCache;
}

/** @throws ConfigurationError */
export function readText(file: string, what = 'the configuration'): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message;
    throw new ConfigurationError([{ key: '', message: `cannot read ${what}: ${why}`, file }]);
  }
}

/**
 * Lays layers over each other, later ones win.
 * @param elsewhere further folders where tables are looked for
 * @throws ConfigurationError with the syntax problems of all layers
 */
export function baseOf(
  file: string,
  layers: readonly (() => Entry[])[],
  elsewhere: readonly string[] = [],
): Base {
  const problems = new Problems();
  const read = layers.map((layer) => {
    try {
      return layer();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.found.push(...error.problems);
      return [];
    }
  });
  problems.check();
  const folders = [dirname(resolve(file)), ...elsewhere];
  return { file, entries: overlay(read), folders, tables: new TableCache() };
}
