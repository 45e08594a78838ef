import path from 'node:path';
import type { Archive } from '../../config/runSpec.js';
import { isBatch } from '../batch/batchLayout.js';
import { type Archived, type ArchiveEvents, archiveUnit } from './archiveUnit.js';
import { markFailure } from './markers.js';
import { type ArchiveUnit, batchUnit, caseFolders, runUnit } from './unit.js';

/** How the archive of a run, of a case, or of the files of a batch came out. */
export interface Outcome {
  /** Name of the folder. */
  readonly title: string;
  readonly folder: string;
  readonly kind: 'run' | 'batch';
  /** Null when it was not archived. */
  readonly archived: Archived | null;
  /** Why not; null when it was. */
  readonly error: Error | null;
}

export interface FolderJob {
  /** Run or batch. */
  readonly folder: string;
  /** What each run asks for, by its folder. */
  readonly archiveOf: (folder: string) => Archive;
  readonly events: ArchiveEvents;
}

/**
 * Archives a run, or every case of a batch and then the batch's own files. A case that cannot be archived keeps no other from it.
 * @throws only for what concerns no single run
 */
export async function archiveFolder({ folder, archiveOf, events }: FolderJob): Promise<Outcome[]> {
  const one = (kind: Outcome['kind'], at: string, unitOf: () => ArchiveUnit) =>
    outcomeOf(kind, at, async () => {
      const unit = unitOf();
      return archiveUnit({ unit, archive: archiveOf(at), events });
    });
  if (!isBatch(folder)) return [await one('run', folder, () => marked(folder))];
  const outcomes: Outcome[] = [];
  for (const at of caseFolders(folder)) outcomes.push(await one('run', at, () => marked(at)));
  outcomes.push(await one('batch', folder, () => batchUnit(folder)));
  return outcomes;
}

/** A run that is not finished says so in its folder, too. */
function marked(folder: string): ArchiveUnit {
  try {
    return runUnit(folder);
  } catch (error) {
    markFailure(folder, false, (error as Error).message);
    throw error;
  }
}

async function outcomeOf(kind: Outcome['kind'], at: string, work: () => Promise<Archived>): Promise<Outcome> {
  const folder = path.resolve(at);
  const about = { title: path.basename(folder), folder, kind };
  try {
    return { ...about, archived: await work(), error: null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ...about, archived: null, error };
  }
}
