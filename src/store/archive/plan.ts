import fs from 'node:fs';
import path from 'node:path';
import { manifestName, markerNames } from './markers.js';
import { ArchiveRefused } from './refused.js';
import { type ArchiveUnit, caseFolders } from './unit.js';

/** A file that belongs into the archive. */
export interface PlannedFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Rows of segments, of this program and of the original one, whose merged series are archived; and files that are being mended. */
const parts = /^(?:series\/(?:parts|states)|\.mending)(?:\/|$)/;
const chunk = /^series\/(.+)_chunk_\d+_\d+\.parquet$/;

/**
 * Every file of a run or of a batch but parts, temporary files and the markers of archives.
 * @throws ArchiveRefused for what cannot be copied as a file: links to folders or to nothing, pipes, sockets
 */
export function planOf(unit: ArchiveUnit): PlannedFile[] {
  const cases = new Set(unit.kind === 'batch' ? caseFolders(unit.folder) : []);
  const files: PlannedFile[] = [];
  const walk = (folder: string) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      const name = path.relative(unit.folder, file).split(path.sep).join('/');
      if (entry.name.startsWith('.tmp-') || entry.name.endsWith('.tmp')) continue;
      if (parts.test(name) || own(name) || cases.has(file)) continue;
      if (chunk.test(name)) requireMerged(file, name);
      else if (entry.isDirectory()) walk(file);
      else files.push(planned(file, name));
    }
  };
  walk(unit.folder);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function own(name: string): boolean {
  return name === manifestName || markerNames.includes(name);
}

/** A link to a file is archived as that file: an archive must stand alone. */
function planned(file: string, name: string): PlannedFile {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return { path: name, size: found.size, mtimeMs: found.mtimeMs };
  const isLink = fs.lstatSync(file).isSymbolicLink();
  const what = found === undefined ? 'a link to nothing' : isLink ? 'a link to a folder' : 'no file';
  throw new ArchiveRefused(
    `${file} is ${what}, which cannot be archived; remove it, or put the files in its place`,
  );
}

/** Chunks of the original program are left out only where their rows stand elsewhere. */
function requireMerged(file: string, name: string): void {
  const merged = path.join(path.dirname(file), `${chunk.exec(name)![1]}.parquet`);
  if (fs.existsSync(merged)) return;
  throw new ArchiveRefused(`${file} is not merged: ${merged} is missing`);
}
