/** Hooks of a real sweep: a kill of the worker in the middle of one, a strict one that fails, and what remains of them. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { gone, isAlive, pidIn } from '../../activities/hooks/processes.js';
import { type Outcome, start } from '../command.js';
import { scratch } from '../folders.js';

const folder = scratch();
const file = path.join(folder, 'two.yml');
const out = path.join(folder, 'out');

/** Waits in its first attempt, so that there is a middle to be killed in. */
const once = `
echo x >> '${folder}/tries-'"$MARSDISK_TITLE"
if [ "$MARSDISK_TITLE" = T4000 ] && [ "$(wc -l < '${folder}/tries-T4000')" -lt 2 ]; then
  sh -c 'echo $$ > "${folder}/child"; exec sleep 1000' & wait
fi
test "$MARSDISK_TITLE" = T4000
`;

const sweep = {
  base: path.resolve('configs/quickstart.yml'),
  overrides: { 'numerics.t_end_years': 1e-4, 'sizes.n_bins': 12 },
  axes: { T: [4000, 3000] },
  hooks: {
    after_case: { command: once, strict: true, attempts: 1, timeout: '5 min' },
    after_batch: `cat checks/case_status.csv > '${folder}/seen'; test -f summary.parquet`,
  },
};

function run(args: readonly string[]): { readonly pid: number; readonly ended: Promise<Outcome> } {
  return start(path.join(folder, 'home'), ['sweep', ...args, '--json']);
}

function lines(name: string): number {
  return fs.readFileSync(path.join(folder, name), 'utf8').trim().split('\n').length;
}

describe('the hooks of a sweep', () => {
  it('begin again when their worker is killed, fail their case when they are strict, and see a finished batch at its end', async () => {
    fs.writeFileSync(file, JSON.stringify(sweep)); // JSON is YAML, too
    const first = run([file, '--outdir', out]);
    const child = await pidIn(path.join(folder, 'child'));
    expect(isAlive(child)).toBe(true);
    process.kill(first.pid, 'SIGKILL');
    await Promise.all([gone(child), first.ended]);

    const { code, stdout } = await run([file, '--outdir', out]).ended;
    const { counts, cases, hookFailure } = JSON.parse(stdout);
    expect({ code, hookFailure }).toEqual({ code: 3, hookFailure: null });
    expect(counts).toMatchObject({ complete: 1, failed: 1 });
    expect(cases[1]).toMatchObject({
      title: 'T3000',
      state: 'failed',
      reason: 'hook after_case: exit code 1',
    });
    expect([lines('tries-T4000'), lines('tries-T3000')]).toEqual([2, 1]);
    expect(fs.readFileSync(path.join(folder, 'seen'), 'utf8')).toBe(
      'title,state,reason\nT4000,complete,\nT3000,failed,hook after_case: exit code 1\n',
    );
  });
});
