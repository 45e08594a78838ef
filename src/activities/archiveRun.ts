import { ApplicationFailure, Context } from '@temporalio/activity';
import { type ArchiveEvents, archiveUnit } from '../store/archive/archiveUnit.js';
import { NoRoomInArchive } from '../store/archive/roomFor.js';
import { type ArchiveUnit, batchUnit, runUnit } from '../store/archive/unit.js';
import { isBatch } from '../store/batch/batchLayout.js';
import { isInside } from '../store/checkpoints/confined.js';
import { DamagedData } from '../store/error.js';
import { layoutOf } from '../store/layout.js';
import { removeParts } from '../store/mergeRecord.js';
import { noRoomText, roomIn } from '../store/room.js';
import { beatingWhile } from './beating.js';
import type { ArchiveRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { type FullDisk, waitingForRoom } from './waitForRoom.js';

/** Less than this is full, bytes. */
const hardlyAny = 2 ** 20;

/** Brings a complete run, or the files of a batch outside of its cases, into its archive. A full archive is waited out; one that is away is tried again without limit. */
export function archiveRunWith(dependencies: Dependencies) {
  return async function archiveRun({ outdir, archive, removeParts: parts }: ArchiveRequest): Promise<void> {
    const layout = layoutOf(outdir);
    const progress = { bytes: 0, copied: 0, verified: 0 };
    const events = eventsOf(dependencies, progress);
    const remove = parts ? { removeParts: () => removeParts(layout, dependencies.verifiedFiles) } : {};
    const work = () =>
      beatingWhile(
        () => progress,
        () => loudly(outdir, () => archiveUnit({ unit: unitAt(outdir), archive, events, ...remove })),
      );
    await waitingForRoom(dependencies, outdir, work, (full) => fullDisk(full, outdir, archive.dir));
  };
}

function unitAt(folder: string): ArchiveUnit {
  return isBatch(folder) ? batchUnit(folder) : runUnit(folder);
}

function eventsOf(
  { onEvent, computePool }: Dependencies,
  progress: { bytes: number; copied: number; verified: number },
): ArchiveEvents {
  const { cancellationSignal } = Context.current();
  // A large archive takes hours, and nobody shall wait for it who wants to leave.
  const requireWanted = () => {
    if (cancellationSignal.aborted) throw cancellationSignal.reason;
    if (!computePool.draining) return;
    throw ApplicationFailure.retryable('the worker leaves; the next one goes on with the copy', 'Leaving');
  };
  return {
    onBytes(bytes) {
      requireWanted();
      progress.bytes += bytes;
      onEvent('archive-bytes', { bytes: progress.bytes });
    },
    onCopied(file) {
      progress.copied += 1;
      onEvent('archive-copied', { file });
    },
    onVerified(file) {
      progress.verified += 1;
      onEvent('archive-verified', { file });
    },
    onRemoved: (file) => onEvent('archive-removed', { file }),
  };
}

/** The run's own files may be damaged, and its archive refused: both for good. A copy that came out badly is made again. */
async function loudly(outdir: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const own = error instanceof DamagedData && isInside(outdir, error.file);
    if (own || error.name === 'ArchiveRefused') {
      throw ApplicationFailure.nonRetryable(error.message, own ? 'DamagedData' : error.name);
    }
    throw error;
  }
}

/** The archive's, unless it has room and markers beside the run are what could not be written. */
function fullDisk(full: Error, outdir: string, dir: string): FullDisk {
  if (full instanceof NoRoomInArchive) return { disk: dir, words: full.message };
  const disk = roomIn(dir).bytes > hardlyAny ? outdir : dir;
  return { disk, words: noRoomText(disk, roomIn(disk)) };
}
