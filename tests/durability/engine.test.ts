/** A run that goes on under an engine whose mathematics differ: said on the terminal, marked in the summary, never in compared files. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { comparedFiles, marsdisk } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const other = { environment: { MARSDISK_TEST_ENGINE: 'feedfacefeedface' } };
const executionOf = (name: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, name, 'summary.json'), 'utf8')).execution;

test('a resume under another engine warns and is marked', async () => {
  const args = (name: string) => [...run, '--outdir', path.join(folder, name)];
  const quiet = await marsdisk(home, args('quiet'));
  expect(quiet).toMatchObject({ code: 0 });
  expect(quiet.stderr).not.toMatch(/mathematics/);
  const [own] = executionOf('quiet').engines;
  expect(executionOf('quiet')).toMatchObject({ engines: [{ segment: 0 }] });
  expect(executionOf('quiet').exactness).toBeUndefined();

  const kill = { at: 'segment-computed', segment: 3, what: 'node' } as const;
  await marsdisk(home, args('moved'), { kill });
  const moved = await marsdisk(home, args('moved'), other);
  expect(moved).toMatchObject({ code: 0 });
  expect(moved.stderr).toMatch(/begun by Node v\d+.*mathematics differ.*here feedfacefeedface/);
  expect(moved.stdout).toMatch(/! computed by engines whose mathematics differ/);
  expect(executionOf('moved')).toMatchObject({
    exactness: 'engine-changed',
    engines: [own, { segment: 3, fingerprint: 'feedfacefeedface' }],
  });
  // The pretended engine computes the same: what is compared holds nothing of it.
  expect(comparedFiles(path.join(folder, 'moved'))).toEqual(comparedFiles(path.join(folder, 'quiet')));
});
