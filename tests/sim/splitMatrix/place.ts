import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../../src/store/durable.js';
import { layoutOf, type RunLayout } from '../../../src/store/layout.js';

// Every file is synced: in memory that costs nothing.
const root = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

/** Gives a fresh output folder to what is done in it, and removes it. */
export async function inFreshFolder<T>(work: (layout: RunLayout) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(root, 'marsdisk-matrix-'));
  try {
    return await work(runFolder(folder));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The layout of a run in a folder, with the folder of its parts. */
export function runFolder(folder: string): RunLayout {
  const layout = layoutOf(folder);
  makeFolder(layout.parts);
  return layout;
}
