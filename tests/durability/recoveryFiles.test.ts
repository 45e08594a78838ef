/** A killed attempt costs no more than the way back to the last recovery file of its segment, and changes nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { comparedFiles, type Kill, marsdisk } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const environment = {
  MARSDISK_TEST_RECOVERY: JSON.stringify({ everySeconds: 1e6, everySteps: 100 }),
  MARSDISK_TEST_TRACE: '1',
};
const argsFor = (name: string) => [
  ...['run', 'configs/quickstart.yml', 'io.figures=false', 'numerics.checkpoint.interval_years=100', '-q'],
  ...['--outdir', path.join(folder, name)],
];
const run = (name: string, kill: Kill | null = null) => marsdisk(home, argsFor(name), { kill, environment });
const filesOf = (name: string) => comparedFiles(path.join(folder, name));
const recoveriesIn = (stderr: string) =>
  [...stderr.matchAll(/event recovery-written .*"steps":(\d+)/g)].map((match) => Number(match[1]));

let quiet: Record<string, string>;

beforeAll(async () => {
  expect(await marsdisk(home, argsFor('quiet'))).toMatchObject({ code: 0 });
  quiet = filesOf('quiet');
});

test('the next attempt goes on from the last recovery file', async () => {
  const killed = await run('killed', { at: 'step', segment: 0, step: 350, what: 'all' });
  expect(killed.signal).toBe('SIGKILL');
  expect(recoveriesIn(killed.stderr)).toEqual([100, 200, 300]);
  const again = await run('killed', { at: 'step', segment: 0, step: 470, what: 'node' });
  expect(again.signal).toBe('SIGKILL');
  expect(recoveriesIn(again.stderr)).toEqual([400]);
  const last = await run('killed');
  expect(last.code).toBe(0);
  expect(recoveriesIn(last.stderr)).toEqual([500]);
  expect(filesOf('killed')).toEqual(quiet);
  expect(fs.readdirSync(path.join(folder, 'killed', 'series')).sort()).toEqual([
    'psd_bins.parquet',
    'psd_hist.parquet',
    'run.parquet',
  ]);
});

test('a damaged recovery file costs a longer way, never a wrong row', async () => {
  await run('damaged', { at: 'step', segment: 0, step: 350, what: 'node' });
  const recovery = path.join(folder, 'damaged/series/parts/recovery');
  const [name] = fs.readdirSync(recovery);
  fs.truncateSync(path.join(recovery, name!), 500);
  const again = await run('damaged');
  expect(again.code).toBe(0);
  expect(recoveriesIn(again.stderr)[0]).toBe(100);
  expect(filesOf('damaged')).toEqual(quiet);
});
