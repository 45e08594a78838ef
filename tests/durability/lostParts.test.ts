/** Parts that vanish or change under a run on its way: they, and only they, are computed again, and the end is the same. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { comparedFiles, marsdisk, start } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=50'];
const environment = { MARSDISK_TEST_TRACE: '1' };

it('a part that is deleted and one with a changed byte are computed again, alone', async () => {
  const whole = path.join(folder, 'quiet');
  const undisturbed = await marsdisk(home, [...run, '--outdir', whole], { environment });
  expect(undisturbed).toMatchObject({ code: 0 });
  expect(repairedIn(undisturbed.stderr)).toEqual([]);

  const outdir = path.join(folder, 'damaged');
  const kill = { at: 'segment-computed', segment: 5, what: 'stop' } as const;
  const running = start(home, [...run, '--outdir', outdir], { environment, kill });
  await running.stopped();
  const parts = path.join(outdir, 'series/parts');
  const [, deleted, , changed] = fs
    .readdirSync(parts)
    .filter((name) => name.endsWith('.part'))
    .sort();
  fs.rmSync(path.join(parts, deleted!));
  const bytes = fs.readFileSync(path.join(parts, changed!));
  bytes[bytes.length >> 1]! ^= 1;
  fs.writeFileSync(path.join(parts, changed!), bytes);
  running.wake();
  const outcome = await running.ended;
  expect(outcome).toMatchObject({ code: 0 });
  expect(repairedIn(outcome.stderr)).toEqual([
    { segment: 1, file: deleted },
    { segment: 3, file: changed },
  ]);
  expect(comparedFiles(outdir)).toEqual(comparedFiles(whole));
});

function repairedIn(stderr: string): unknown[] {
  return [...stderr.matchAll(/^event part-repaired (.*)$/gm)].map(([, detail]) => JSON.parse(detail!));
}
