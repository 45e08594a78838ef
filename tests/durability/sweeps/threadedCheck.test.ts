/** More cases than a thread checks at a time: the worker's compute threads share the check at the end of the sweep. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { marsdisk } from '../command.js';
import { batchOf, sweepFile } from './batches.js';
import { sharedServer } from './server.js';

const { folder, home } = sharedServer();

it('the sweep reports every case in its order, as marsdisk check does', async () => {
  const i0 = Array.from({ length: 36 }, (_, n) => (50 - n) / 1000);
  const file = sweepFile(folder, {
    axes: { i0 },
    overrides: { 'numerics.t_end_years': 1e-6 },
    per_case: [{ where: { i0: 0.02 }, set: { 'numerics.max_steps': 2 } }],
  });
  expect(await marsdisk(home, ['sweep', file])).toMatchObject({ code: 3 });
  const batch = batchOf(folder);
  const report = () =>
    ['csv', 'json'].map((end) => readFileSync(path.join(batch, `checks/sweep_completeness.${end}`), 'utf8'));
  const bySweep = report();
  const rows = bySweep[0]!.trimEnd().split('\n').slice(1);
  const expected = readFileSync(path.join(batch, 'checks/sweep.json'), 'utf8');
  const titles = (JSON.parse(expected) as { cases: { title: string }[] }).cases.map(({ title }) => title);
  expect(rows.map((row) => row.split(',')[0])).toEqual(titles);
  expect(rows.filter((row) => !row.endsWith(',ok'))).toEqual([expect.stringMatching(/^i00p02,.*,failed$/)]);
  expect(await marsdisk(home, ['check', batch])).toMatchObject({ code: 3 });
  expect(report()).toEqual(bySweep);
});
