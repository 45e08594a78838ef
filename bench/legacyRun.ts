/**
 * The legacy solver in the real pipeline (command, server, segments, merge): ten years in steps of 20 s with thinned rows, and every step
 * recorded. Set against the solver alone on the same job in this process, so that what remains is the price of durability and of rows; and
 * against the limits of the project. MARSDISK_BENCH_YEARS (10) for a trial.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRunSpec } from '../src/config/load.js';
import { modelOf } from '../src/sim/models.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-bench-'));
const file = path.join(root, 'configs/quickstart.yml');
const years = Number(process.env.MARSDISK_BENCH_YEARS ?? 10);
const YEAR = 31_557_600;
const step = 20;

const legacy = [
  'numerics.solver=legacy',
  `numerics.dt_init=${step}`,
  'radiation.qpr_table_path=tables/mie_forsterite_compat.csv',
  'radiation.qpr_interpolation=linear',
  'psd.floor.mode=none',
  'shielding.mode=off',
  'optical_depth.tau_stop=null',
  'numerics.orbit_rollup=false',
  // As the sweep has it; where sizes drift, the tables of collisions are made anew in every step (some 0.1 ms).
  'sinks.sublimation_location=smol',
  'io.psd_history=false',
  'io.figures=false',
];

interface Job {
  readonly name: string;
  readonly steps: number;
  readonly stride: number;
  /** s of the whole command. */
  readonly limit: number | null;
}

const jobs: readonly Job[] = [
  {
    name: `${years} yr, every 100,000th step`,
    steps: (years * YEAR) / step,
    stride: 100_000,
    limit: 12 * years,
  },
  { name: 'every step', steps: 100_000, stride: 1, limit: null },
  { name: 'every step', steps: 400_000, stride: 1, limit: null },
];

const wordsOf = ({ steps, stride }: Job) => [
  ...legacy,
  `numerics.t_end_years=${(steps * step) / YEAR}`,
  `io.series_stride=${stride}`,
];

/** CPU of the solver alone, whose rows go nowhere, s. */
async function solverAlone(job: Job): Promise<number> {
  const { model, params } = modelOf(await loadRunSpec({ file, overrides: wordsOf(job) }));
  const before = process.cpuUsage();
  model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, { write() {} });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

interface Measured {
  readonly seconds: number;
  /** Peak of the process that computes, bytes. */
  readonly peak: number;
}

function command(job: Job): Promise<Measured> {
  const args = [
    'run',
    file,
    ...wordsOf(job),
    '--quiet',
    '--outdir',
    path.join(folder, `${job.steps}-${job.stride}`),
  ];
  const began = performance.now();
  const child = spawn(process.execPath, ['tests/durability/killable.mjs', ...args], {
    cwd: root,
    env: { ...process.env, MARSDISK_HOME: path.join(folder, 'home'), MARSDISK_TEST_TRACE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const peak = Number(/^peak (\d+)$/m.exec(tail)?.[1]);
      if (code !== 0 || !(peak > 0)) return reject(new Error(`exit ${code}: ${tail}`));
      resolve({ seconds: (performance.now() - began) / 1000, peak });
    });
  });
}

console.log(
  '| rows | steps | command, s | limit, s | solver alone, s CPU | command over solver | steps/s | peak, MiB | of 512 |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
try {
  for (const job of jobs) {
    const alone = await solverAlone(job);
    const { seconds, peak } = await command(job);
    const mebibytes = peak / 2 ** 20;
    const cells = [
      ...[job.name, Math.round(job.steps), seconds.toFixed(1), job.limit ?? '', alone.toFixed(1)],
      ...[(seconds / alone).toFixed(2), Math.round(job.steps / seconds), mebibytes.toFixed(0)],
      (mebibytes / 512).toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (mebibytes > 512 || (job.limit !== null && seconds > job.limit)) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
