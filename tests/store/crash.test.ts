import fs from 'node:fs';
import type { RunLayout } from '../../src/store/layout.js';
import { dyingAt } from './dyingDisk.js';
import { freshLayout } from './sample.js';
import { namedFiles, results, wholeLife, wrongFile } from './wholeLife.js';

/** A whole life on a disk that does not die. */
const livingOn = (layout: RunLayout) =>
  dyingAt(Number.POSITIVE_INFINITY, layout.outdir, () => wholeLife(layout));

/** Results of a run that nothing disturbed, and the number of system calls that change the disk. */
async function quietRun() {
  const layout = freshLayout();
  const { calls, died } = await livingOn(layout);
  expect(died).toBe(false);
  return { finished: results(layout), calls };
}

test('a quiet run leaves its results and nothing else', async () => {
  const { finished } = await quietRun();
  expect(Object.keys(finished)).toEqual([
    'checks/mass_budget.csv',
    'checks/merged.json',
    'series/run.parquet',
    'summary.json',
  ]);
});

test('death at any system call leaves no wrong file, and the next run ends the same', async () => {
  const { finished, calls } = await quietRun();
  expect(calls).toBeGreaterThan(80);
  for (let fatal = 1; fatal <= calls; fatal++) {
    const layout = freshLayout();
    const { died } = await dyingAt(fatal, layout.outdir, () => wholeLife(layout));
    expect({ fatal, died, wrong: wrongFile(layout, finished) }).toEqual({ fatal, died: true, wrong: null });
    const id = namedFiles(layout).get('run_id');
    await livingOn(layout);
    expect({ fatal, finished: results(layout) }).toEqual({ fatal, finished });
    if (id !== undefined) expect(namedFiles(layout).get('run_id')).toBe(id);
    fs.rmSync(layout.outdir, { recursive: true });
  }
});
