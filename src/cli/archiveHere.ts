/** The archive of a run that is complete, as far as a command has to do with it. */
import type { RunSpec } from '../config/runSpec.js';
import { archiveUnit } from '../store/archive/archiveUnit.js';
import { isSettled, readPointer } from '../store/archive/markers.js';
import { runUnit } from '../store/archive/unit.js';
import { ArchiveView } from './archiveView.js';
import type { ProgressView } from './progressView.js';

/** Whether a complete run is archived as its configuration asks for. */
export function isArchivedAsAsked({ archive, outdir }: RunSpec): boolean {
  return archive?.trigger !== 'post_merge' || isSettled(outdir);
}

/** Archives a run whose workflow has ended without: it was begun before the archive was asked for, or its history is lost. */
export async function archiveHere({ archive, outdir }: RunSpec, quiet: boolean): Promise<void> {
  const view = new ArchiveView(quiet);
  await archiveUnit({ unit: runUnit(outdir), archive: archive!, events: view.events() });
  view.done();
}

/** Where the results are, and what their owner should know of it. */
export function sayArchive({ archive, outdir }: RunSpec, view: ProgressView): void {
  const pointer = archive === null ? null : readPointer(outdir);
  if (pointer === null) return;
  view.say(`archived in ${pointer.archive} (${pointer.files.length} files)`);
  for (const warning of pointer.warnings) view.warn(`warning: ${warning}`);
}
