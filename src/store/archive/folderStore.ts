import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../durable.js';
import { hasCode } from '../error.js';
import { makeFolder, syncFolder } from '../folders.js';
import { roomIn } from '../room.js';
import { sweepTemporary, temporaryName } from '../temporary.js';
import type { Copied, ObjectStore, PutOptions } from './objectStore.js';
import { ArchiveRefused } from './refused.js';
import { volumeOf } from './volume.js';

const BLOCK = 1 << 20;

/** What may be written before the disk has to have it: a slow one would otherwise take minutes for one call. Bytes. */
const SYNC_EVERY = 64 * BLOCK;

/** An archive in a folder, on another disk as a rule. The folder must exist: a disk that is not mounted must not be replaced by this one. */
export class FolderStore implements ObjectStore {
  readonly place: string;

  /** @param root folder of the archive @param at folder of this store in it */
  constructor(
    private readonly root: string,
    at = root,
  ) {
    this.place = path.resolve(at);
  }

  below(name: string): FolderStore {
    return new FolderStore(this.root, path.join(this.place, ...name.split('/')));
  }

  async open(): Promise<void> {
    const found = await fs.stat(this.root).catch(nullIf('ENOENT'));
    if (found === null) {
      throw new Error(
        `the archive ${this.root} is not there; is its disk mounted? A new archive needs its folder: mkdir`,
      );
    }
    if (!found.isDirectory()) throw new ArchiveRefused(`the archive ${this.root} is no folder`);
    await fs.access(this.root, constants.W_OK);
    await this.confined(this.place);
  }

  async putFile(name: string, file: string, { mtimeMs, onBytes }: PutOptions): Promise<Copied> {
    const target = await this.parentMade(name);
    const folder = path.dirname(target);
    const temporary = path.join(folder, temporaryName());
    try {
      const copied = await copyHashed(file, temporary, mtimeMs, onBytes);
      await fs.rename(temporary, target);
      syncFolder(folder);
      return copied;
    } finally {
      await fs.rm(temporary, { force: true }).catch(() => {}); // the disk may be gone, which has been said already
    }
  }

  async put(name: string, text: string): Promise<void> {
    writeDurably(await this.parentMade(name), text);
  }

  async putNew(name: string, text: string): Promise<boolean> {
    try {
      writeDurably(await this.parentMade(name), text, { createOnly: true });
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
  }

  async read(name: string): Promise<AsyncIterable<Uint8Array> | null> {
    const handle = await this.opened(name).catch(nullIf('ENOENT'));
    return handle === null ? null : blocksOf(handle);
  }

  async range(name: string, start: number, end: number): Promise<Uint8Array> {
    const handle = await this.opened(name);
    try {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new Error(`${path.join(this.place, name)} ends before byte ${end}`);
      return bytes;
    } finally {
      await handle.close();
    }
  }

  async size(name: string): Promise<number | null> {
    const found = await fs.lstat(this.path(name)).catch(nullIf('ENOENT', 'ENOTDIR'));
    return found?.isFile() ? found.size : null;
  }

  async list(): Promise<string[]> {
    const entries = await fs
      .readdir(this.place, { recursive: true, withFileTypes: true })
      .catch(nullIf('ENOENT'));
    return (entries ?? [])
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.tmp-'))
      .map((entry) =>
        path.relative(this.place, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      )
      .sort();
  }

  async sweep(): Promise<void> {
    const entries = await fs
      .readdir(this.place, { recursive: true, withFileTypes: true })
      .catch(nullIf('ENOENT'));
    const left = (entries ?? []).filter(({ name }) => name.startsWith('.tmp-'));
    for (const folder of new Set(left.map(({ parentPath }) => parentPath))) sweepTemporary(folder);
  }

  async remove(name: string): Promise<void> {
    const file = this.path(name);
    if ((await fs.lstat(file).catch(nullIf('ENOENT'))) === null) return;
    await fs.rm(file, { force: true });
    syncFolder(path.dirname(file));
  }

  async free(): Promise<number> {
    return roomIn(this.place).bytes;
  }

  async volume(): Promise<Readonly<Record<string, unknown>>> {
    return volumeOf(this.root);
  }

  private path(name: string): string {
    return path.join(this.place, ...name.split('/'));
  }

  /** A link at the end of the path is not followed. */
  private opened(name: string): Promise<fs.FileHandle> {
    return fs.open(this.path(name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  }

  private async parentMade(name: string): Promise<string> {
    const target = this.path(name);
    const folder = path.dirname(target);
    await fs.access(this.root); // a disk that has gone must not be made anew below its mount point
    await this.confined(folder);
    makeFolder(folder);
    return target;
  }

  /** What is written here must not land elsewhere behind a link. */
  private async confined(folder: string): Promise<void> {
    let at = folder;
    while ((await fs.lstat(at).catch(nullIf('ENOENT', 'ENOTDIR'))) === null) at = path.dirname(at);
    const real = await fs.realpath(at);
    const expected = path.join(await fs.realpath(this.root), path.relative(path.resolve(this.root), at));
    if (real !== path.resolve(expected)) {
      throw new ArchiveRefused(`${at} in the archive ${this.root} is a link to ${real}; remove the link`);
    }
  }
}

async function copyHashed(
  file: string,
  target: string,
  mtimeMs: number,
  onBytes: (bytes: number) => void,
): Promise<Copied> {
  const hash = createHash('sha256');
  const output = await fs.open(target, 'wx');
  try {
    let bytes = 0;
    let unsynced = 0;
    for await (const block of blocksOf(await fs.open(file))) {
      hash.update(block);
      for (let done = 0; done < block.length; ) {
        done += (await output.write(block, done, block.length - done)).bytesWritten;
      }
      bytes += block.length;
      unsynced += block.length;
      if (unsynced >= SYNC_EVERY) {
        await output.datasync();
        unsynced = 0;
      }
      onBytes(block.length);
    }
    await output.utimes(mtimeMs / 1000, mtimeMs / 1000);
    await output.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await output.close();
  }
}

/** The same block each time: whoever keeps one takes a copy. */
async function* blocksOf(handle: fs.FileHandle): AsyncIterable<Uint8Array> {
  const block = new Uint8Array(BLOCK);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, BLOCK, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** For `catch`: a failed system call with one of these codes counts as nothing found. */
function nullIf(...codes: readonly string[]) {
  return (error: unknown): null => {
    if (codes.some((code) => hasCode(error, code))) return null;
    throw error;
  };
}
