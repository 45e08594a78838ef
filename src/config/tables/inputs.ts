import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InputFile } from '../runSpec.js';
import type { Settings } from '../settings.js';
import { type Columns, TableError } from './columns.js';
import { parseCsv } from './csv.js';
import { parseParquet } from './parquet.js';

/** The folder that holds the project's package.json, from wherever this file was compiled to. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('the project folder (package.json) was not found');
    folder = above;
  }
  return folder;
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Reads the tables that a configuration names, and remembers their paths and hashes for the record of the run. */
export class Inputs {
  readonly files: InputFile[] = [];

  /** @param folder folder of the configuration file: relative paths are looked for there first. */
  constructor(private readonly folder: string) {}

  /** Places where a path is looked for, in order; built-in tables live in the project. */
  candidates(path: string): string[] {
    if (isAbsolute(path)) return [path];
    const builtIn = path.startsWith('tables/') ? [join(projectRoot(), path)] : [];
    return [...new Set([resolve(this.folder, path), resolve(path), ...builtIn])];
  }

  /** The file behind a path, or null. A table may also exist in the other format only, as in the original. */
  find(path: string): string | null {
    const twin = path.replace(/\.(csv|parquet)$/, (end) => (end === '.csv' ? '.parquet' : '.csv'));
    return [...this.candidates(path), ...this.candidates(twin)].find(isFile) ?? null;
  }

  /**
   * Reads and converts the table that `key` names; whatever is wrong with it becomes a problem of that key.
   * @param missing what to do about a missing file, shown after its name.
   */
  async read<T>(
    settings: Settings,
    key: string,
    convert: (table: Columns) => T,
    missing = '',
  ): Promise<T | null> {
    const path = settings.maybeText(key);
    if (path === null) return null;
    const found = this.find(path);
    if (found === null) {
      const tried = this.candidates(path).join(', ');
      settings.refuse(
        key,
        `${key} = ${path}: no such file (looked for ${tried})${missing === '' ? '' : `. ${missing}`}`,
      );
      return null;
    }
    const bytes = readFileSync(found);
    try {
      const table = found.endsWith('.parquet') ? await parseParquet(bytes) : parseCsv(bytes.toString('utf8'));
      const converted = convert(table);
      this.files.push({ key, path: found, sha256: createHash('sha256').update(bytes).digest('hex') });
      if (!this.candidates(path).includes(found))
        settings.warn(`${key} = ${path} does not exist; read ${found} instead`);
      return converted;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      settings.refuse(key, `${key} = ${path}: the table ${error.message}`);
      return null;
    }
  }
}
