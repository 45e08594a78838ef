import fs from 'node:fs';
import path from 'node:path';
import { DamagedData, hasCode } from '../error.js';

/**
 * Checks that a folder lies in the output folder, also behind its links: what a run writes must not land elsewhere.
 * @throws DamagedData when a link on its way leads out of the output folder, or nowhere
 */
export function requireConfined(outdir: string, folder: string): void {
  const root = realPath(outdir);
  if (root === null) return; // nothing there yet, and so no link
  let at = folder;
  while (!fs.lstatSync(at, { throwIfNoEntry: false })) at = path.dirname(at);
  const real = realPath(at);
  if (real !== null && isInside(root, real)) return;
  throw new DamagedData(
    folder,
    `leads out of the output folder ${outdir}: ${at} is a link to ${real ?? 'nothing'}`,
    'Remove the link, or choose another folder with numerics.checkpoint.path.',
  );
}

/** Whether a path is the folder or lies below it, by its words alone. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!/^\.\.(?:[/\\]|$)/.test(relative) && !path.isAbsolute(relative));
}

function realPath(file: string): string | null {
  try {
    return fs.realpathSync(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
