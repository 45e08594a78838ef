import fs from 'node:fs';
import path from 'node:path';
import { hasCode } from './error.js';

/** Whether a system call failed because the disk, or the user's share of it, is used up. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT');
}

/** What a disk can still take. */
export interface Room {
  readonly bytes: number;
  /** A disk of many small files may run out of these first. */
  readonly files: number;
}

/** The room on the disk of a folder, for users without special rights. The folder need not exist yet. */
export function roomIn(folder: string): Room {
  let place = path.resolve(folder);
  while (!fs.existsSync(place)) place = path.dirname(place);
  const { bavail, bsize, ffree } = fs.statfsSync(place);
  return { bytes: bavail * bsize, files: ffree };
}

/** Which folder, how much is free, and what to do, for a person. */
export function noRoomText(folder: string, room: Room): string {
  const files = room.files === 0 ? ', but no place for another file' : '';
  return (
    `no room left for ${folder}: ${megabytes(room.bytes)} are free on its disk${files}, and the last write needed more ` +
    '(or a quota is used up). Delete or move something there'
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(3)} MB`;
}
