/** Disks of a few megabytes that a test fills, empties and makes read-only: tmpfs, which only root can mount. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  readOnly(yes: boolean): void;
}

/** Whether this machine lets the tests mount disks. */
export const canMount: boolean = (() => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'marsdisk-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'marsdisk-test', folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
})();

/** A disk for the tests of a `describe`. */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'marsdisk-disk-'));
  beforeAll(() => mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'marsdisk-test', folder));
  afterAll(() => {
    execFileSync('umount', ['--lazy', folder]);
    fs.rmdirSync(folder);
  });
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill() {
      const fd = fs.openSync(ballast, 'a');
      try {
        for (;;) fs.writeSync(fd, new Uint8Array(4096));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        fs.closeSync(fd);
      }
    },
    empty: () => fs.rmSync(ballast),
    readOnly: (yes) => mount('-o', `remount,${yes ? 'ro' : 'rw'}`, folder),
  };
}

function mount(...parameters: string[]): void {
  execFileSync('mount', parameters, { stdio: 'pipe' });
}
