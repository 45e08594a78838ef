import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deepFreeze } from '../freeze.js';
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

/** A table as it was read, with what was made of it so far. */
interface ReadTable {
  readonly sha256: string;
  readonly table: Columns;
  readonly converted: Map<string, unknown>;
}

/** Tables by path, for many configurations that name the same ones: each is read once, and all share what was made of it. */
export class TableCache {
  private readonly tables = new Map<string, ReadTable>();
  private readonly places = new Map<string, string | null>();

  /** @throws TableError */
  async read(file: string): Promise<ReadTable> {
    const known = this.tables.get(file);
    if (known) return known;
    const bytes = readFileSync(file);
    const table = file.endsWith('.parquet') ? await parseParquet(bytes) : parseCsv(bytes.toString('utf8'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const read = { sha256, table, converted: new Map<string, unknown>() };
    this.tables.set(file, read);
    return read;
  }

  /** What `look` finds for a path; it looks once. */
  place(path: string, look: () => string | null): string | null {
    const known = this.places.get(path);
    if (known !== undefined) return known;
    const found = look();
    this.places.set(path, found);
    return found;
  }
}

/** What becomes of a table. Conversions of the same name make the same of the same table. */
export interface Conversion<T> {
  readonly name: string;
  of(table: Columns): T;
}

/** Reads the tables that a configuration names, and remembers their paths and hashes for the record of the run. */
export class Inputs {
  readonly files: InputFile[] = [];

  /**
   * @param folders where relative paths are looked for first: the folder of the configuration file leads
   * @param cache of configurations with the same folders
   */
  constructor(
    private readonly folders: readonly string[],
    private readonly cache = new TableCache(),
  ) {}

  /** Places where a path is looked for, in order; built-in tables live in the project. */
  candidates(path: string): string[] {
    if (isAbsolute(path)) return [path];
    const builtIn = path.startsWith('tables/') ? [join(projectRoot(), path)] : [];
    return [...new Set([...this.folders.map((folder) => resolve(folder, path)), resolve(path), ...builtIn])];
  }

  /** The file behind a path, or null. A table may also exist in the other format only, as in the original. */
  find(path: string): string | null {
    const twin = path.replace(/\.(csv|parquet)$/, (end) => (end === '.csv' ? '.parquet' : '.csv'));
    const look = () => [...this.candidates(path), ...this.candidates(twin)].find(isFile) ?? null;
    return this.cache.place(path, look);
  }

  /**
   * Reads and converts the table that `key` names; whatever is wrong with it becomes a problem of that key.
   * @param missing what to do about a missing file, shown after its name.
   */
  async read<T>(settings: Settings, key: string, conversion: Conversion<T>, missing = ''): Promise<T | null> {
    const path = settings.maybeText(key);
    return path === null ? null : this.readFrom(path, settings, key, conversion, missing);
  }

  /** As `read`, for a path that is only a part of the key's value. */
  async readFrom<T>(
    path: string,
    settings: Settings,
    key: string,
    conversion: Conversion<T>,
    missing = '',
  ): Promise<T | null> {
    const found = this.find(path);
    if (found === null) {
      const tried = this.candidates(path).join(', ');
      settings.refuse(
        key,
        `${key} = ${path}: no such file (looked for ${tried})${missing === '' ? '' : `. ${missing}`}`,
      );
      return null;
    }
    try {
      const value = await this.convert(key, found, conversion);
      if (!this.candidates(path).includes(found))
        settings.warn(`${key} = ${path} does not exist; read ${found} instead`);
      return value;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      settings.refuse(key, `${key} = ${path}: the table ${error.message}`);
      return null;
    }
  }

  /**
   * Reads and converts a table of the project itself, which no table of the user's can stand in for.
   * @param key that led to it
   * @throws TableError if the file is damaged
   */
  readBuiltIn<T>(key: string, path: string, conversion: Conversion<T>): Promise<T> {
    return this.convert(key, join(projectRoot(), path), conversion);
  }

  private async convert<T>(key: string, file: string, conversion: Conversion<T>): Promise<T> {
    const { table, sha256, converted } = await this.cache.read(file);
    if (!converted.has(conversion.name)) converted.set(conversion.name, deepFreeze(conversion.of(table)));
    this.files.push({ key, path: file, sha256 });
    return converted.get(conversion.name) as T;
  }
}
