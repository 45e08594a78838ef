import fs from 'node:fs';
import background from 'node:fs/promises';
import { jest } from '@jest/globals';

const CALLS = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'linkSync',
  'rmSync',
  'mkdirSync',
] as const;

/** Thrown by every call from the fatal one on: what a killed process does not do any more. */
export class Dead extends Error {}

export interface Death {
  readonly calls: number;
  readonly died: boolean;
}

/**
 * Runs `work` on a disk that stops at system call number `fatal` below `folder` and never answers again, so that no clean-up of the
 * process can repair what it left. A fatal write still brings half of its bytes to the disk.
 */
export async function dyingAt(fatal: number, folder: string, work: () => Promise<void>): Promise<Death> {
  let calls = 0;
  const open = new Set<number>();
  for (const call of CALLS) {
    const real = fs[call] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, call).mockImplementation(((...args: unknown[]) => {
      const target = args[0];
      const ours = typeof target === 'number' ? open.has(target) : String(target).startsWith(folder);
      if (!ours) return real(...args);
      calls++;
      if (calls === fatal && call === 'writeSync') {
        const [fd, bytes, at, count] = args as [number, Uint8Array, number, number];
        real(fd, bytes, at, count >> 1);
      }
      if (calls >= fatal) throw new Dead();
      // A killed process leaves the same files with or without it, and waiting for the disk would be most of the test.
      if (call === 'fsyncSync') return undefined;
      const result = real(...args);
      if (call === 'openSync') open.add(result as number);
      if (call === 'closeSync') open.delete(target as number);
      return result;
    }) as never);
  }
  /** One call of node:fs/promises; `half` is what a fatal write still does. */
  const waited = async <T>(
    real: () => Promise<T>,
    half: () => Promise<unknown> = async () => {},
  ): Promise<T> => {
    calls++;
    if (calls === fatal) await half();
    if (calls >= fatal) throw new Dead();
    return real();
  };
  const { open: openFile, rename } = background;
  jest
    .spyOn(background, 'rename')
    .mockImplementation((from, to) =>
      String(from).startsWith(folder) ? waited(() => rename(from, to)) : rename(from, to),
    );
  jest.spyOn(background, 'open').mockImplementation(async (file, flags, mode) => {
    if (!String(file).startsWith(folder)) return openFile(file, flags, mode);
    const handle = await waited(() => openFile(file, flags, mode));
    const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
    handle.write = ((bytes: Uint8Array, at: number, count: number) =>
      waited(
        () => write(bytes, at, count),
        () => write(bytes, at, count >> 1),
      )) as never;
    handle.sync = async () => {};
    handle.datasync = async () => {};
    return handle;
  });
  try {
    await work();
    return { calls, died: false };
  } catch (error) {
    if (error instanceof Dead) return { calls, died: true };
    throw error;
  } finally {
    jest.restoreAllMocks();
    for (const fd of open) fs.closeSync(fd);
  }
}
