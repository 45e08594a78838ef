import fs from 'node:fs';
import path from 'node:path';
import type { FinishedRun } from '../finishedRun.js';
import type { Finding } from './finding.js';

export const figureFiles: readonly string[] = ['plots/overview.svg', 'plots/overview.png'];

/** The figures that a finished run must have: its configuration says whether it was asked for any. */
export function figuresOf({ config, kept }: Pick<FinishedRun, 'config' | 'kept'>): readonly string[] {
  const { configuration } = (config.value ?? kept.value?.runConfig ?? {}) as Configured;
  return configuration?.io?.figures === true ? figureFiles : [];
}

interface Configured {
  readonly configuration?: { readonly io?: { readonly figures?: unknown } };
}

/** Of figures, and of files that a user asks for, nothing is known but that they should hold something. */
export function emptyFiles(folder: string, names: readonly string[]): Finding[] {
  const isEmpty = (file: string) => sizeOf(path.join(folder, file)) === 0;
  return names.filter(isEmpty).map((file) => ({ file, reason: 'is empty' }));
}

export function hasContent(file: string): boolean {
  return (sizeOf(file) ?? 0) > 0;
}

function sizeOf(file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}
