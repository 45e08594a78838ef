import fs from 'node:fs';
import { ApplicationFailure } from '@temporalio/activity';
import { DamagedData } from '../store/error.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { type RunFolder, RunFolders } from '../store/runFolder.js';

/** Runs that a worker brings to their end at a time: each step of the end opens the same folder. */
const folders = new RunFolders(8);

/**
 * @throws ApplicationFailure of type `SpecMissing` when the folder holds no such specification: the workflow, which has it in its
 * history, publishes it again.
 */
export function openRunFolder(outdir: string, specHash: string): RunFolder {
  const folder = folders.read(outdir, specHash);
  if (folder !== null) return folder;
  throw ApplicationFailure.nonRetryable(
    `${layoutOf(outdir).specs} holds no specification ${specHash}; workers on several machines must share this folder`,
    'SpecMissing',
  );
}

/**
 * @throws ApplicationFailure of type `SpecMissing` when the folder of the parts is gone: it comes back with the specification. An attempt
 * that comes late must not bring it back itself.
 */
export function requireParts(layout: RunLayout): void {
  if (fs.existsSync(layout.parts)) return;
  throw ApplicationFailure.nonRetryable(`${layout.parts} is missing`, 'SpecMissing');
}

/** Damage is reported to the user at once; every other fault of the store (full disk, lost mount) is tried again. */
export async function failingLoudly<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DamagedData) throw ApplicationFailure.nonRetryable(error.message, 'DamagedData');
    throw error;
  }
}
