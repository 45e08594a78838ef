import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { sha256 } from '../../src/store/durable.js';
import { DamagedData } from '../../src/store/error.js';
import { VerifiedFiles, verifyInTurns } from '../../src/store/verify.js';
import { freshLayout } from './sample.js';

const MiB = 2 ** 20;

function fileOf(bytes: number) {
  const file = path.join(freshLayout().outdir, 'file');
  const content = Buffer.alloc(bytes, 7);
  fs.writeFileSync(file, content);
  return { file, record: { bytes, sha256: sha256(content) } };
}

/** How often a file is opened while `act` works. */
async function opened(file: string, act: () => Promise<void>): Promise<number> {
  const open = jest.spyOn(fs, 'openSync');
  try {
    await act();
    return open.mock.calls.filter(([name]) => name === file).length;
  } finally {
    open.mockRestore();
  }
}

test('the event loop turns behind every block, so that heartbeats go out', async () => {
  const { file, record } = fileOf(20 * MiB + 1);
  let turns = 0;
  let over = false;
  const turn = () => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await verifyInTurns(file, record, '');
  over = true;
  expect(turns).toBeGreaterThanOrEqual(20);
});

describe('a large file that has been verified', () => {
  const { file, record } = fileOf(40 * MiB);
  const known = new VerifiedFiles();
  const verify = () => verifyInTurns(file, record, '', known);

  it('is read once as long as nobody touches it', async () => {
    expect(await opened(file, verify)).toBe(1);
    expect(await opened(file, verify)).toBe(0);
    expect(await opened(file, () => verifyInTurns(file, record, ''))).toBe(1);
    const other = { ...record, sha256: sha256('another') };
    await expect(verifyInTurns(file, other, '', known)).rejects.toThrow(/has changed/);
  });

  it.each([
    [
      'a byte in place, its time put back',
      () => {
        const { atime, mtime } = fs.statSync(file);
        const fd = fs.openSync(file, 'r+');
        fs.writeSync(fd, 'x', 30 * MiB);
        fs.closeSync(fd);
        fs.utimesSync(file, atime, mtime);
      },
    ],
    [
      'another file in its place',
      () => {
        fs.writeFileSync(`${file}.new`, Buffer.alloc(record.bytes, 8));
        fs.renameSync(`${file}.new`, file);
      },
    ],
  ])('is read again, and found, after %s', async (_what, change) => {
    fs.writeFileSync(file, Buffer.alloc(record.bytes, 7));
    await verify();
    change();
    await expect(verify()).rejects.toThrow(DamagedData);
    await expect(verify()).rejects.toThrow(DamagedData);
  });
});

test('a small file is read every time: its time stamp may be too coarse', async () => {
  const { file, record } = fileOf(1000);
  const known = new VerifiedFiles();
  for (let i = 0; i < 2; i++)
    expect(await opened(file, () => verifyInTurns(file, record, '', known))).toBe(1);
});
