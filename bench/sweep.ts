/**
 * What a case of a sweep costs beside its physics: CPU of the process that computes and of the server, per case, set against the solver
 * alone on the same cases in the same run. CPU, because cases of a sweep share the cores; wall time gives the cases per minute.
 * Cases: MARSDISK_BENCH_CASES (default 100,400; the goal is meant for 1,000 and 10,000).
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { base, first, type Job, jobs, last, root } from './sweeping/jobs.js';
import { lookAtServer, type Process } from './timing/lookAt.js';

const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-bench-'));
/** CPU of the solver alone, s per case, while as many cases are computed at once as in the sweep. */
async function solverAlone(job: number): Promise<number> {
  const script = fileURLToPath(new URL('./sweeping/alone.js', import.meta.url));
  const processes = Array.from({ length: availableParallelism() }, () =>
    promisify(execFile)(process.execPath, [script, `${job}`], { cwd: root }),
  );
  const times = (await Promise.all(processes)).map(({ stdout }) => Number(stdout));
  return times.reduce((sum, time) => sum + time) / times.length;
}

interface Measured {
  readonly seconds: number;
  readonly worker: Process;
  readonly server: Process;
}

function measured({ overrides }: Job, cases: number): Promise<Measured> {
  const home = path.join(folder, `home-${cases}-${Math.random()}`);
  const file = path.join(folder, 'sweep.yml');
  const axes = { i0: { linspace: [first, last, cases] } };
  writeFileSync(file, JSON.stringify({ base, tag: 'bench', overrides, axes }));
  const args = [
    'sweep',
    file,
    '--outdir',
    path.join(home, 'out'),
    '--quiet',
    '-j',
    `${availableParallelism()}`,
  ];
  const began = performance.now();
  const child = spawn(process.execPath, ['tests/durability/killable.mjs', ...args], {
    cwd: root,
    env: { ...process.env, MARSDISK_HOME: home, MARSDISK_TEST_TRACE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000);
  });
  let server: Process = { cpu: 0, rss: 0 };
  const timer = setInterval(() => {
    try {
      const now = lookAtServer(home);
      server = { cpu: now.cpu, rss: Math.max(server.rss, now.rss) };
    } catch {
      // not yet there, or gone again
    }
  }, 250);
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      clearInterval(timer);
      const [peak, cpu] = ['peak', 'cpu'].map((name) =>
        Number(new RegExp(`^${name} ([\\d.]+)$`, 'm').exec(tail)?.[1]),
      );
      if (code !== 0 || !peak || !cpu) return reject(new Error(`exit ${code}: ${tail}`));
      resolve({ seconds: (performance.now() - began) / 1000, worker: { cpu, rss: peak }, server });
    });
  });
}

/** CPU of Temporal itself, s per case: of the process that computes, and of the server. */
async function bareCase(): Promise<[worker: number, server: number]> {
  const script = fileURLToPath(new URL('./temporal/bareSweep.js', import.meta.url));
  const home = path.join(folder, 'home-bare');
  const { stdout } = await promisify(execFile)(process.execPath, [script, home], { cwd: root });
  const [worker, server] = stdout.trim().split('\n').at(-1)!.split(' ').map(Number);
  return [worker!, server!];
}

const mebibyte = 2 ** 20;
const counts = (process.env.MARSDISK_BENCH_CASES ?? '100,400').split(',').map(Number);
const [bareWorker, bareServer] = await bareCase();
const floor = 1000 * (bareWorker + bareServer);
console.log(
  `Temporal itself, for a child workflow with one activity that does nothing: ${(1000 * bareWorker).toFixed(0)} ms in the worker, ` +
    `${(1000 * bareServer).toFixed(0)} in the server.\n`,
);
console.log(
  '| cases | number | cases/min | solver alone, ms | worker, ms CPU | server, ms CPU | overhead, ms CPU | of 120 ms | of Temporal itself | worker, MiB | of 600 | server, MiB |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const [index, job] of jobs.entries()) {
  let before = await solverAlone(index);
  // What starting the command costs is not a cost of each case.
  const start = await measured(job, 2);
  for (const cases of counts) {
    const { seconds, worker, server } = await measured(job, cases);
    // Before and after: what the same computation takes drifts by a tenth and more on a machine that is shared.
    const after = await solverAlone(index);
    const alone = 500 * (before + after);
    const drift = (1000 * Math.abs(after - before)) / 2;
    before = after;
    const each = (of: (one: Measured) => number) =>
      (1000 * (of({ seconds, worker, server }) - of(start))) / (cases - 2);
    const [byWorker, byServer] = [each((one) => one.worker.cpu), each((one) => one.server.cpu)];
    const overhead = byWorker + byServer - alone;
    const cells = [
      job.name,
      cases,
      ((60 * cases) / seconds).toFixed(0),
      `${alone.toFixed(0)} ± ${drift.toFixed(0)}`,
      byWorker.toFixed(0),
      byServer.toFixed(0),
      overhead.toFixed(0),
      (overhead / 120).toFixed(2),
      (overhead / floor).toFixed(2),
      (worker.rss / mebibyte).toFixed(0),
      (worker.rss / mebibyte / 600).toFixed(2),
      (server.rss / mebibyte).toFixed(0),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
rmSync(folder, { recursive: true });
