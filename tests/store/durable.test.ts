import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { makeFolder, sha256, writeDurably } from '../../src/store/durable.js';
import { freshLayout } from './sample.js';

const failure = (code: string) => Object.assign(new Error(code), { code });
const folderOf = () => freshLayout().outdir;

afterEach(() => jest.restoreAllMocks());

describe('writeDurably', () => {
  test('writes, replaces, and leaves nothing else', () => {
    const folder = folderOf();
    const file = path.join(folder, 'a.txt');
    writeDurably(file, 'old');
    writeDurably(file, 'new');
    expect(fs.readFileSync(file, 'utf8')).toBe('new');
    expect(fs.readdirSync(folder)).toEqual(['a.txt']);
  });

  test('syncs the file, then renames, then syncs the folder', () => {
    const folder = folderOf();
    const calls: string[] = [];
    const open = new Map<number, string>();
    const { openSync, fsyncSync, renameSync } = fs;
    jest.spyOn(fs, 'openSync').mockImplementation((file, ...rest) => {
      const fd = openSync(file, ...rest);
      open.set(fd, file === folder ? 'folder' : 'file');
      return fd;
    });
    jest.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
      calls.push(`sync ${open.get(fd)}`);
      fsyncSync(fd);
    });
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      calls.push('rename');
      renameSync(from, to);
    });
    writeDurably(path.join(folder, 'a.txt'), 'content');
    expect(calls).toEqual(['sync file', 'rename', 'sync folder']);
  });

  test('createOnly keeps what is there', () => {
    const folder = folderOf();
    const file = path.join(folder, 'a.txt');
    writeDurably(file, 'first', { createOnly: true });
    expect(() => writeDurably(file, 'second', { createOnly: true })).toThrow(/EEXIST/);
    expect(fs.readFileSync(file, 'utf8')).toBe('first');
    expect(fs.readdirSync(folder)).toEqual(['a.txt']);
  });

  test.each(['writeSync', 'fsyncSync', 'renameSync'] as const)('a failing %s keeps the old file', (call) => {
    const folder = folderOf();
    const file = path.join(folder, 'a.txt');
    writeDurably(file, 'old');
    jest.spyOn(fs, call).mockImplementation(() => {
      throw failure('ENOSPC');
    });
    expect(() => writeDurably(file, 'new')).toThrow('ENOSPC');
    jest.restoreAllMocks();
    expect(fs.readFileSync(file, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['a.txt']);
  });

  test('goes on after a write that was cut short', () => {
    const file = path.join(folderOf(), 'a.bin');
    const content = Uint8Array.from({ length: 600_000 }, (_, i) => i * 7);
    const write = fs.writeSync as (fd: number, bytes: Uint8Array, at: number, count: number) => number;
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementation(((fd: number, bytes: Uint8Array, at: number, count: number) =>
        write(fd, bytes, at, Math.min(count, 1000))) as typeof fs.writeSync);
    writeDurably(file, content);
    jest.restoreAllMocks();
    expect(sha256(fs.readFileSync(file))).toBe(sha256(content));
  });
});

test('makeFolder creates all parents, syncs each, and does not mind an existing folder', () => {
  const root = folderOf();
  const synced: unknown[] = [];
  const { openSync } = fs;
  jest.spyOn(fs, 'openSync').mockImplementation((file, ...rest) => {
    synced.push(file);
    return openSync(file, ...rest);
  });
  makeFolder(path.join(root, 'a', 'b'));
  makeFolder(path.join(root, 'a', 'b'));
  expect(synced).toEqual([path.join(root, 'a'), root]);
});
