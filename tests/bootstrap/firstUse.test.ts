import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = [
  'bin',
  'src',
  'scripts',
  'package.json',
  'package-lock.json',
  'temporal.config.ts',
  'tsconfig.json',
];

/** A clone as it is after npm ci, which CI itself exercises: this one shares our packages. */
let clone: string;

beforeAll(() => {
  clone = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-clone-')));
  for (const part of PARTS) fs.cpSync(path.join(root, part), path.join(clone, part), { recursive: true });
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
});
afterAll(() => fs.rmSync(clone, { recursive: true, force: true }));

const inClone = (name: string) => path.join(clone, name);
const leftovers = () => fs.readdirSync(clone).filter((name) => name.startsWith('dist.'));

test('two first uses at once build once; a killed build is begun again', async () => {
  const killed = await marsdisk({ killAt: 'building' });
  expect(killed.signal).toBe('SIGKILL');
  expect(fs.existsSync(inClone('dist'))).toBe(false);
  const both = await Promise.all([marsdisk(), marsdisk()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.filter(({ said }) => said.includes('built in')).length).toBe(1);
  expect(fs.existsSync(inClone('dist/workflow-bundle.js'))).toBe(true);
  expect(leftovers()).toEqual([]);
});

test('a current build is used as it is, also when git has given the files a new time', async () => {
  expect((await marsdisk()).said).toBe('');
  fs.utimesSync(inClone('src/cli/main.ts'), 1e9, 1e9);
  expect((await marsdisk()).said).toBe('');
});

test('a source that does not compile is reported, and the build before it stays', async () => {
  const source = inClone('src/cli/main.ts');
  const text = fs.readFileSync(source, 'utf8');
  fs.writeFileSync(source, `${text}\nconst = 1;\n`);
  const { code, said } = await marsdisk();
  expect(code).toBe(1);
  expect(said).toMatch(/src\/cli\/main\.ts\(\d+,7\): error TS/);
  expect(said).toContain('git status');
  expect(fs.existsSync(inClone('dist/stamp.json'))).toBe(true);
  fs.writeFileSync(source, text);
  expect((await marsdisk()).said).toBe('');
});

test('changed and removed sources are built', async () => {
  const added = inClone('src/cli/added.ts');
  fs.writeFileSync(added, 'export const added = 1;\n');
  expect((await marsdisk()).said).toContain('sources have changed');
  expect(fs.existsSync(inClone('dist/src/cli/added.js'))).toBe(true);
  fs.rmSync(added);
  expect((await marsdisk()).said).toContain('sources have changed');
  expect(fs.existsSync(inClone('dist/src/cli/added.js'))).toBe(false);
});

test('--help answers in under 300 ms', async () => {
  const times: number[] = [];
  for (let run = 0; run < 30 && !(Math.min(...times) < 300); run += 1) {
    const began = performance.now();
    const { code } = await marsdisk({ parameters: ['--help'] });
    times.push(performance.now() - began);
    expect(code).toBe(0);
  }
  expect(Math.min(...times)).toBeLessThan(300); // the quickest: other tests may run beside this one
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard error. */
  readonly said: string;
}

function marsdisk(options: { parameters?: string[]; killAt?: string } = {}): Promise<Ended> {
  const parameters = [inClone('bin/marsdisk'), ...(options.parameters ?? ['--build-only'])];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (options.killAt && said.includes(options.killAt)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => setTimeout(() => resolve({ code, signal, said }), 20));
  });
}
