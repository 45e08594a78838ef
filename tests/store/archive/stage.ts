/** A folder with a place for runs and one for their archive, fresh for every test. */
import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../../src/config/runSpec.js';
import { type Archived, archiveUnit } from '../../../src/store/archive/archiveUnit.js';
import { storeAt } from '../../../src/store/archive/objectStore.js';
import { runUnit } from '../../../src/store/archive/unit.js';
import { type Inspection, inspectArchive } from '../../../src/store/archive/verifyArchive.js';
import { scratch } from '../../durability/folders.js';
import { archiveIn, finishedRun, type Made, quiet } from './finishedRun.js';

export interface Stage {
  folder: string;
  /** The archive. */
  dir: string;
  /** Computes a run. */
  make(name?: string, made?: Made): Promise<string>;
  archived(run: string, settings?: Partial<Archive>): Promise<Archived>;
}

/** For the tests of a file; its fields change before each of them. */
export function stage(): Stage {
  const base = scratch();
  let count = 0;
  const here: Stage = {
    folder: '',
    dir: '',
    make: (name = 'disk', made = {}) => finishedRun(path.join(here.folder, name), made),
    archived: (run, settings = {}) =>
      archiveUnit({ unit: runUnit(run), archive: archiveIn(here.dir, settings), events: quiet }),
  };
  beforeEach(() => {
    here.folder = path.join(base, String(count++));
    here.dir = path.join(here.folder, 'archive');
    fs.mkdirSync(here.dir, { recursive: true });
  });
  return here;
}

export async function inspected(place: string): Promise<Inspection> {
  return inspectArchive(await storeAt(place), []);
}

/** Changes one bit. @param at from the end when negative */
export function flip(file: string, at = -9): void {
  const bytes = fs.readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = bytes[place]! ^ 1;
  fs.writeFileSync(file, bytes);
}
