import path from 'node:path';
import { isBatch } from '../store/batch/batchLayout.js';
import { readJson } from '../store/documents.js';
import { readRunId } from '../store/runId.js';
import { CommandError, exitCode } from './exit.js';
import type { StoredRunConfig } from './found.js';
import type { ServerPlace } from './session.js';
import { type Batch, namedBatch } from './whichBatch.js';
import { recordedServer } from './whichRun.js';

/** A sweep that a command names by the folder of its batch. */
export interface NamedSweep extends Batch {
  /** Null before its first case has begun. */
  readonly sweepId: string | null;
  readonly server: ServerPlace;
}

/** @returns null when the name is not that of a batch */
export function whichSweep(name: string): NamedSweep | null {
  if (!isBatch(name)) return null;
  const batch = namedBatch(name);
  return { ...batch, sweepId: sweepIdOf(batch), server: serverOfBatch(batch) };
}

/** @throws CommandError (exit code 2) when no command has begun it */
export function begunSweep(sweep: NamedSweep): string {
  if (sweep.sweepId !== null) return sweep.sweepId;
  const folder = path.relative('.', sweep.layout.folder) || '.';
  throw new CommandError(`${folder} has not begun: marsdisk sweep --batch ${folder}`, exitCode.usage);
}

function sweepIdOf({ layout }: Batch): string | null {
  return readRunId({ outdir: layout.folder, runId: layout.sweepId });
}

/** The server that the batch was begun on; MARSDISK_HOME wins, as everywhere. */
export function serverOfBatch({ layout }: Batch): ServerPlace {
  const recorded = readJson(layout.provenance) as {
    readonly server?: StoredRunConfig['provenance']['server'];
  } | null;
  return recordedServer(recorded?.server, layout.folder);
}
