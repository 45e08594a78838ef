/** A run whose state of 8 MB does not fit into the history: cut, killed, and with its states and parts lost, it ends in the same bytes. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { type Kill, root } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();

/** @returns exit code or signal, and what was said on stderr */
function heat(
  name: string,
  steps: number,
  kill: Kill | null = null,
  environment: Record<string, string> = {},
) {
  const args = [
    'tests/durability/heatRun.mjs',
    path.join(folder, 'home'),
    path.join(folder, name),
    '40',
    `${steps}`,
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      MARSDISK_TEST_KILL: JSON.stringify(kill),
      MARSDISK_TEST_TRACE: '1',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<{ end: number | string | null; stderr: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ end: code ?? signal, stderr }));
  });
}

const file = (name: string, of: string) => path.join(folder, name, of);
const series = (name: string) => fs.readFileSync(file(name, 'series/run.parquet'));
const checkpoint = (name: string) => {
  const [last] = fs.readdirSync(file(name, 'checkpoints'));
  return { last, bytes: fs.readFileSync(file(name, `checkpoints/${last}`)) };
};

beforeAll(async () => {
  expect(await heat('quiet', 1000)).toMatchObject({ end: 0 });
  expect(checkpoint('quiet').bytes.length).toBeGreaterThan(8e6);
});

function expectQuiet(name: string): void {
  expect(series(name).equals(series('quiet'))).toBe(true);
  expect(checkpoint(name).last).toBe(checkpoint('quiet').last);
  expect(checkpoint(name).bytes.equals(checkpoint('quiet').bytes)).toBe(true);
  expect(fs.existsSync(file(name, 'series/states'))).toBe(false);
}

test('cut and killed at every turn', async () => {
  const recovery = { MARSDISK_TEST_RECOVERY: JSON.stringify({ everySeconds: 1e6, everySteps: 2 }) };
  expect((await heat('cut', 5, { at: 'step', segment: 2, step: 4, what: 'all' }, recovery)).end).toBe(
    'SIGKILL',
  );
  expect((await heat('cut', 5, { at: 'segment-computed', segment: 4, what: 'node' }, recovery)).end).toBe(
    'SIGKILL',
  );
  expect((await heat('cut', 5, { at: 'before-removal', what: 'all' }, recovery)).end).toBe('SIGKILL');
  expect((await heat('cut', 5, null, recovery)).end).toBe(0);
  expectQuiet('cut');
});

test('a lost part is computed again from the nearest state that is left', async () => {
  const manifest: Kill = { at: 'manifest-written', what: 'node' };
  expect((await heat('lost', 2, manifest)).end).toBe('SIGKILL');
  const states = fs.readdirSync(file('lost', 'series/states')).sort();
  expect(states.map((name) => Number(name.slice(1, 7)))).toEqual([17, 18, 19, 20]); // thinned: of 20 segments the latest
  const parts = fs.readdirSync(file('lost', 'series/parts')).filter((name) => name.endsWith('.part'));
  fs.rmSync(file('lost', `series/parts/${parts.sort()[12]}`));
  fs.truncateSync(file('lost', `series/parts/${parts.sort()[18]}`), 40);
  const again = await heat('lost', 2);
  expect(again.end).toBe(0);
  expect(
    [...again.stderr.matchAll(/event part-repaired .*"segment":(\d+)/g)].map((match) => match[1]),
  ).toEqual(['12', '18']);
  expectQuiet('lost');
});
