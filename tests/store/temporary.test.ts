import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { sweepTemporary, temporaryName } from '../../src/store/temporary.js';
import { freshLayout } from './sample.js';

const hourAgo = Date.now() / 1000 - 3600;

function place(folder: string, name: string, seconds?: number): string {
  fs.writeFileSync(path.join(folder, name), 'x');
  if (seconds !== undefined) fs.utimesSync(path.join(folder, name), seconds, seconds);
  return name;
}

/** The same name as if another process of this machine had made it. */
const nameOf = (pid: number) => temporaryName().replace(String(process.pid), String(pid));

test('removes what dead processes left and nothing else', () => {
  const { outdir } = freshLayout();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const abandoned = place(outdir, nameOf(dead));
  place(outdir, 'run.parquet');
  place(outdir, temporaryName());
  place(outdir, nameOf(process.ppid));
  place(outdir, '.tmp-notes');
  expect(sweepTemporary(outdir)).toEqual([abandoned]);
  expect(fs.readdirSync(outdir)).toHaveLength(4);
});

test('a file older than the process with its pid was left by a predecessor', () => {
  const { outdir } = freshLayout();
  const abandoned = place(outdir, temporaryName(), hourAgo);
  expect(sweepTemporary(outdir)).toEqual([abandoned]);
});

test('files of another machine stay for a day', () => {
  const { outdir } = freshLayout();
  place(outdir, '.tmp-1-00000000aaaaaaaaaaaa', hourAgo);
  const abandoned = place(outdir, '.tmp-1-00000000bbbbbbbbbbbb', hourAgo - 24 * 3600);
  expect(sweepTemporary(outdir)).toEqual([abandoned]);
});

test('a missing folder has none', () => {
  expect(sweepTemporary(path.join(freshLayout().outdir, 'nothing'))).toEqual([]);
});
