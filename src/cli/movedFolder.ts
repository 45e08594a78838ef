/** A moved or copied folder keeps its run_id, but the run's workflow goes on writing into the folder that it was begun in. */
import fs from 'node:fs';
import type { Client } from '@temporalio/client';
import { inputOf } from '../activities/runHistory.js';
import type { RunLayout } from '../store/layout.js';
import { layoutOf } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { CommandError, exitCode } from './exit.js';

/** Where the run of a folder writes in place of it. */
export interface Elsewhere {
  readonly folder: string;
  /** Whether the folder there is still the run's, so that the one at hand is a copy. */
  readonly copied: boolean;
}

/** @returns null when the run writes into this folder, under whatever name it is reached */
export async function elsewhereOf(
  client: Client,
  runId: string,
  { outdir }: RunLayout,
): Promise<Elsewhere | null> {
  const { spec } = (await inputOf(client, runId)).input;
  if (spec.outdir === outdir || isSame(spec.outdir, outdir)) return null;
  return { folder: spec.outdir, copied: holdsRun(spec.outdir, runId) };
}

/** A file that is readable but holds no run id belongs to somebody, too. */
function holdsRun(folder: string, runId: string): boolean {
  try {
    return readRunId(layoutOf(folder)) === runId;
  } catch {
    return true;
  }
}

function isSame(a: string, b: string): boolean {
  const [there, here] = [a, b].map((folder) => fs.statSync(folder, { throwIfNoEntry: false, bigint: true }));
  return there !== undefined && here !== undefined && there.dev === here.dev && there.ino === here.ino;
}

/** @param cure what the user can do beside going back to that folder */
export function refuseElsewhere(
  { outdir }: RunLayout,
  runId: string,
  { folder, copied }: Elsewhere,
  cure: string,
): never {
  throw new CommandError(
    `${outdir} ${copied ? `is a copy of ${folder}` : `has been moved here from ${folder}`}, into which its run ${runId} writes.\n` +
      `${copied ? `Name ${folder} to go on with that run` : 'Move it back (or mount it there) to go on with its run'}${cure}`,
    exitCode.usage,
  );
}

/**
 * For commands that ask or tell the run of a folder something.
 * @throws CommandError when that would reach the run of another folder
 */
export async function requireOwnRun(client: Client, runId: string, layout: RunLayout): Promise<void> {
  const elsewhere = await elsewhereOf(client, runId, layout);
  if (elsewhere === null) return;
  const byId = `, or name the run itself: ${runId}`;
  refuseElsewhere(layout, runId, elsewhere, `${byId}.`);
}
