/** A run whose history is lost while recovery files have cut its segments into pieces: it goes on, and a lost piece is computed again. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { comparedFiles, marsdisk } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const environment = {
  MARSDISK_TEST_RECOVERY: JSON.stringify({ everySeconds: 1e6, everySteps: 60 }),
  MARSDISK_TEST_TRACE: '1',
};
const run = [
  ...['run', 'configs/quickstart.yml', 'io.figures=false', 'numerics.checkpoint.interval_years=100'],
  'execution.segment_max_steps=150',
];
const partsIn = (outdir: string) =>
  fs.readdirSync(path.join(outdir, 'series/parts')).filter((name) => name.endsWith('.part'));

test('pieces of a lost history go on as segments, and are computed again when they are lost', async () => {
  const quiet = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', quiet])).toMatchObject({ code: 0 });

  const outdir = path.join(folder, 'pieces');
  const kill = { at: 'segment-computed', segment: 2, what: 'all' } as const;
  await marsdisk(`${outdir}-home`, [...run, '--outdir', outdir], { kill, environment });
  fs.rmSync(`${outdir}-home`, { recursive: true });
  expect(partsIn(outdir)).toHaveLength(9); // three of 60, 60 and 30 steps

  const [command] = [
    ...(await marsdisk(home, [...run, '--outdir', outdir])).stderr.matchAll(/^ {2}marsdisk (.*)$/gm),
  ].map((match) => match[1]!.split(' '));
  const again = { at: 'manifest-written', what: 'all' } as const;
  const killed = await marsdisk(home, command!, { kill: again, environment });
  expect(killed.stderr).toMatch(/goes on from step 450 /);
  const lost = partsIn(outdir).filter((name) => /^s00000[01]/.test(name));
  expect(lost).toHaveLength(6);
  for (const name of lost) fs.rmSync(path.join(outdir, 'series/parts', name));

  const ended = await marsdisk(home, [...run, '--outdir', outdir], { environment });
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr.match(/event part-repaired /g)).toHaveLength(6);
  expect(comparedFiles(outdir)).toEqual(comparedFiles(quiet));
});
