/** What to do where a run has left data, and no server knows its history. */
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { formatTime } from '../report/format.js';
import { usableCheckpoint } from './resume.js';
import { furthestPart } from './salvaged.js';
import { shellWord } from './shellWord.js';

/**
 * The newest whole checkpoint, and the end of the chain of whole parts where that leads further, each with the exact command that goes on
 * from it; damaged newer checkpoints by name.
 */
export function wayOn(spec: RunSpec, command: readonly string[]): string {
  const { newest, skipped } = usableCheckpoint(spec);
  const lines = skipped.map(({ file, reason }) => `${file} ${reason}`);
  const part = furthestPart(spec);
  if (part !== null && part.salvaged.steps > (newest?.step ?? -1)) {
    const { steps, time } = part.salvaged;
    lines.push(...offer('the end of its parts', steps, time, command, part.file));
  }
  if (newest !== null) {
    const { step, time, file } = newest;
    lines.push(...offer('its newest whole checkpoint', step, time, command, file));
  } else if (part === null) {
    lines.push(
      `${spec.checkpoints.folder} holds no checkpoint to go on from, and no parts are whole from the beginning on.`,
    );
  }
  return lines.join('\n');
}

function offer(
  place: string,
  step: number,
  time: number,
  command: readonly string[],
  file: string,
): string[] {
  const words = [...command, '--resume-from', path.relative('.', file)];
  return [
    `Or go on from ${place}, step ${step} at ${formatTime(time)} of model time:`,
    `  ${['marsdisk', ...words].map(shellWord).join(' ')}`,
  ];
}
