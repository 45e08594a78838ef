/** The folder of the parts vanishes at an awkward moment: everything in it is computed again. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { comparedFiles, marsdisk, start } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const argsFor = (name: string) => [
  ...['run', 'configs/quickstart.yml', 'io.figures=false', '-q'],
  ...['--outdir', path.join(folder, name)],
];

test('all parts are lost before the manifest names them', async () => {
  expect(await marsdisk(home, argsFor('quiet'))).toMatchObject({ code: 0 });
  const kill = { at: 'manifest-started', what: 'node' } as const;
  expect(await marsdisk(home, argsFor('lost'), { kill })).toMatchObject({ signal: 'SIGKILL' });
  fs.rmSync(path.join(folder, 'lost/series'), { recursive: true });
  const again = start(home, argsFor('lost'));
  const giveUp = setTimeout(() => process.kill(again.pid, 'SIGTERM'), 60_000);
  expect(await again.ended).toMatchObject({ code: 0 });
  clearTimeout(giveUp);
  expect(comparedFiles(path.join(folder, 'lost'))).toEqual(comparedFiles(path.join(folder, 'quiet')));
});
