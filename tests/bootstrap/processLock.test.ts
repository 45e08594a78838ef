import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquire, isAlive, partsOf, processIdentity, release } from '../../bin/processLock.mjs';

const contender = fileURLToPath(new URL('./contender.mjs', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const lockFiles = () => fs.readdirSync(folder).filter((name) => name.includes('.lock.'));

test('of eight processes that die at random, one at a time holds the lock', async () => {
  const lock = path.join(folder, 'race');
  let generations: number[] = [];
  const violations: string[] = [];
  let kills = 0;
  const contend = async (seed: number): Promise<void> => {
    const { lines, signal } = await output([contender, lock, '25', `${seed}`]);
    for (const line of lines) {
      if (line.startsWith('held ')) generations = [...generations, Number(line.slice(5))];
      else violations.push(line);
    }
    if (signal === 'SIGKILL') {
      kills += 1;
      if (kills < 40) await contend(seed + 1000 * kills);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => contend(index + 1)));
  expect(violations).toEqual([]);
  expect(kills).toBeGreaterThan(5);
  expect(generations.length).toBeGreaterThan(100);
  expect(new Set(generations).size).toBe(generations.length);
  expect(lockFiles().length).toBe(1);
});

test('a second holder of the same process waits, and is told for whom', async () => {
  const lock = path.join(folder, 'mine');
  const first = await acquire(lock);
  const waits: string[] = [];
  const second = acquire(lock, { onWait: ({ holder }) => waits.push(holder) });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(waits[0]).toBe(processIdentity());
  release(first);
  expect((await second).generation).toBe(first.generation + 1);
});

test('a lock file torn by a power cut, and one of a process that has ended, do not block', async () => {
  fs.writeFileSync(path.join(folder, 'torn.lock.7'), '\0\0\0\0');
  expect((await acquire(path.join(folder, 'torn'))).generation).toBe(8);
  const { pid } = partsOf(processIdentity());
  fs.writeFileSync(path.join(folder, 'reused.lock.3'), `${os.hostname()}:${pid}:1`); // our pid, another start time
  expect((await acquire(path.join(folder, 'reused'))).generation).toBe(4);
});

test('a holder on another host counts as living; the waiting side may give up', async () => {
  fs.writeFileSync(path.join(folder, 'far.lock.1'), 'elsewhere:12:34');
  const giveUp = () => {
    throw new Error('gave up');
  };
  await expect(acquire(path.join(folder, 'far'), { onWait: giveUp })).rejects.toThrow('gave up');
  expect(isAlive('elsewhere:12:34')).toBe('unknown');
});

test('a zombie is dead', async () => {
  // The child of a shell that does not wait for it: sleep replaces the shell and never reaps.
  const shell = spawn('/bin/sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 5'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = Number(
    await new Promise((resolve) => shell.stdout.once('data', (data) => resolve(String(data)))),
  );
  const identity = processIdentity(pid);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(process.kill(pid, 0)).toBe(true); // still in the table of processes
  expect(isAlive(identity)).toBe(false);
  shell.kill('SIGKILL');
});

const pythonIt =
  spawnSync('python3', ['--version']).status === 0 && os.platform() === 'linux' ? test : test.skip;

pythonIt('a killed process lives until the last of its threads has let go of its files', async () => {
  // As behind SIGKILL, while a thread waits for the disk: the first thread has ended, another has not.
  const program = [
    'import ctypes, platform, sys, threading',
    'threading.Thread(target=sys.stdin.read).start()',
    "exit = {'x86_64': 60, 'aarch64': 93}[platform.machine()]",
    "print('ready', flush=True)",
    'ctypes.CDLL(None).syscall(exit, 0)',
  ].join('\n');
  const python = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const identity = processIdentity(python.pid);
  await new Promise((resolve) => python.stdout.once('data', resolve));
  const state = () => /\) (\S)/.exec(fs.readFileSync(`/proc/${python.pid}/stat`, 'utf8'))?.[1];
  while (state() !== 'Z') await new Promise(setImmediate);
  expect(isAlive(identity)).toBe(true);
  const ended = new Promise((resolve) => python.once('exit', resolve));
  python.stdin.end();
  await ended;
  expect(isAlive(identity)).toBe(false);
});

function output(parameters: string[]): Promise<{ lines: string[]; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ lines: text.split('\n').filter(Boolean), signal }));
  });
}
