/** What to do where a run has left data, and no server knows its history. */
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { formatTime } from '../report/format.js';
import { usableCheckpoint } from './resume.js';

/** The newest whole checkpoint and the exact command that goes on from it; damaged newer ones by name. */
export function wayOn(spec: RunSpec, command: readonly string[]): string {
  const { newest, skipped } = usableCheckpoint(spec);
  const lines = skipped.map(({ file, reason }) => `${file} ${reason}`);
  if (newest === null) {
    return [...lines, `${spec.checkpoints.folder} holds no checkpoint to go on from.`].join('\n');
  }
  const file = path.relative('.', newest.file);
  return [
    ...lines,
    `Or go on from its newest whole checkpoint, step ${newest.step} at ${formatTime(newest.time)} of model time:`,
    `  ${['marsdisk', ...command, '--resume-from', file].map(quoted).join(' ')}`,
  ].join('\n');
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
