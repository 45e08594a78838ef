/** Commands of the user behind cases and batches, run by a real sweep. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { batchOf, caseStatus, sweepFile, titlesOf } from './batches.js';
import { startedIn, traced } from './events.js';
import { sharedServer } from './server.js';

const { folder, home } = sharedServer();
const two = { axes: { i0: [0.05, 0.01] } };
const titles = ['i00p05', 'i00p01'];
const [first, second] = titles as [string, string];

const place = (name: string) => path.join(folder, name);
const sweep = (file: string, ...words: string[]) => traced(home, ['sweep', file, ...words]).ended;
const linesIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

describe('hooks of a sweep', () => {
  it('run once behind each case and behind the batch', async () => {
    const told = place('told');
    const hooks = {
      after_case: `echo "$(basename $MARSDISK_CASE_FOLDER) $MARSDISK_STATE" >> ${told}`,
      after_batch: `echo "batch $MARSDISK_STATE" >> ${told}`,
    };
    const file = sweepFile(place('both'), { ...two, hooks });
    expect(await sweep(file)).toMatchObject({ code: 0 });
    const lines = linesIn(told);
    expect(lines.at(-1)).toBe('batch complete');
    expect(lines.slice(0, -1).sort()).toEqual([...titles].sort().map((title) => `${title} complete`));
    expect(await sweep(file)).toMatchObject({ code: 0 });
    expect(linesIn(told)).toEqual(lines);
  });

  it('that fail leave a case complete, unless they are strict: then --retry-failed runs them again, and computes nothing', async () => {
    const closed = place('closed');
    writeFileSync(closed, '');
    const command = `case $MARSDISK_CASE_FOLDER in *${second}) test ! -e ${closed} || { echo closed for today >&2; exit 7; } ;; esac`;
    const loose = sweepFile(place('loose'), { ...two, hooks: { after_case: { command, attempts: 1 } } });
    expect(await sweep(loose)).toMatchObject({ code: 0 });

    const hooks = { after_case: { command, attempts: 1, strict: true } };
    const file = sweepFile(place('strict'), { ...two, hooks });
    const failed = await sweep(file);
    expect(failed).toMatchObject({ code: 3 });
    expect(failed.stdout).toMatch(/exit code 7: closed for today/);
    const batch = batchOf(place('strict'));
    expect(caseStatus(batch)[second]!.state).toBe('failed');
    expect(titlesOf(batch, 'complete')).toEqual([first]);

    const again = await sweep(file);
    expect(again).toMatchObject({ code: 3 });
    expect(again.stdout).toMatch(/closed for today/);
    rmSync(closed);
    const retried = await sweep(file, '--retry-failed');
    expect(retried).toMatchObject({ code: 0 });
    expect([...startedIn(again), ...startedIn(retried)]).toEqual([]);
    expect(titlesOf(batch, 'complete')).toEqual(titles);
  });

  it('behind the batch fail the sweep when they are strict, and run again with the same command', async () => {
    const closed = place('closed-batch');
    writeFileSync(closed, '');
    const hooks = { after_batch: { command: `test ! -e ${closed}`, attempts: 1, strict: true } };
    const file = sweepFile(place('strict-batch'), { ...two, hooks });
    const failed = await sweep(file);
    expect(failed).toMatchObject({ code: 3 });
    expect(failed.stderr).toMatch(/the hook behind the batch failed/);
    expect(await sweep(file)).toMatchObject({ code: 3 });
    rmSync(closed);
    const again = await sweep(file);
    expect(again).toMatchObject({ code: 0 });
    expect(startedIn(again)).toEqual([]);
  });
});
