/**
 * Time of the solver alone, on the job that motivated the project: ten years of the quickstart disk, without output. CPU time of one
 * thread, the least of several runs after warm-up, against a floor measured in the same process: the multiply-adds of a RODAS5P step
 * (8 right-hand sides of 1.5 n^2, a Jacobian of 4 n^2, 8 solves of n^2, an LU of n^3/3; spec/resolved.md 2.8) in the project's own inner loops.
 */
import { existsSync } from 'node:fs';
import { loadRunSpec } from '../src/config/load.js';
import { marsDisk } from '../src/sim/mars/model.js';
import type { MarsParams } from '../src/sim/mars/params.js';
import { dot, factorize } from '../src/sim/numerics/lu.js';
import { leastCpu } from './timing/leastCpu.js';

interface Job {
  readonly name: string;
  /** Null where its input is not there. */
  readonly params: MarsParams | null;
  readonly bins: number;
  readonly rtol: number;
  readonly repeats: number;
  /** Seconds that the job may take. */
  readonly limit: number | null;
}

/** CPU time of the multiply-adds of one step and of nothing else, s. */
function floor(n: number): number {
  const matrix = Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? n : 1 / (1 + (p % 7))));
  const work = matrix.slice();
  const vector = new Float64Array(n).fill(1e-3);
  const out = new Float64Array(n);
  const pivots = new Int32Array(n);
  const steps = Math.ceil(2e7 / (24 * n * n + (n * n * n) / 3));
  const products = 8 * 1.5 + 4 + 8;
  return (
    leastCpu(5, () => {
      for (let step = 0; step < steps; step++) {
        for (let product = 0; product < products; product++) {
          for (let i = 0; i < n; i++) out[i] = dot(matrix, i * n, vector, 0, n);
        }
        work.set(matrix);
        factorize(work, n, pivots);
      }
    }) / steps
  );
}

async function parameters(overrides: string[]): Promise<MarsParams> {
  const { params } = await loadRunSpec({ file: 'configs/quickstart.yml', overrides, environment: {} });
  return params as MarsParams;
}

/** The table of the reference case r4, with which the original took 15,778,800 steps of 1.06 ms (4.6 h). */
const table = '../shared/tables/qpr_planck_forsterite_mie.csv';
const quickstart = await parameters(['collisions.remnant=whole']);
const volumes = await parameters(['collisions.remnant=finite_volume']);
const reference = existsSync(table)
  ? await parameters(['collisions.remnant=whole', `radiation.qpr_table_path=${table}`])
  : null;
if (reference === null) process.stdout.write(`1 job skipped: ${table} is not there\n`);
const volumeName = 'finite vol.';
const jobs: readonly Job[] = [
  { name: 'r4', params: reference, bins: 40, rtol: 1e-6, repeats: 12, limit: 0.15 },
  { name: 'r4', params: reference, bins: 160, rtol: 1e-6, repeats: 2, limit: 4 },
  { name: 'quickstart', params: quickstart, bins: 20, rtol: 1e-6, repeats: 8, limit: null },
  { name: 'quickstart', params: quickstart, bins: 40, rtol: 1e-4, repeats: 8, limit: null },
  { name: 'quickstart', params: quickstart, bins: 40, rtol: 1e-6, repeats: 12, limit: 0.15 },
  { name: 'quickstart', params: quickstart, bins: 40, rtol: 1e-8, repeats: 3, limit: null },
  { name: 'quickstart', params: quickstart, bins: 80, rtol: 1e-6, repeats: 3, limit: null },
  { name: 'quickstart', params: quickstart, bins: 160, rtol: 1e-6, repeats: 2, limit: 4 },
  { name: volumeName, params: volumes, bins: 40, rtol: 1e-6, repeats: 12, limit: null },
  { name: volumeName, params: volumes, bins: 80, rtol: 1e-6, repeats: 3, limit: null },
  { name: volumeName, params: volumes, bins: 160, rtol: 1e-6, repeats: 2, limit: null },
];
/** Time of a step on whole bins by their number, us: what a step on finite volumes is compared with (goal: twice as much at 40 bins). */
const wholeStep = new Map<number, number>();

const nothing = { write() {} };
const lines = ['job          bins   rtol   steps rejected   CPU ms   us/step   floor us   ratio   limit s'];
let tooSlow = 0;
for (const { name, params, bins, rtol, repeats, limit } of jobs) {
  if (params === null) continue;
  const job: MarsParams = {
    ...params,
    sizes: { ...params.sizes, bins },
    solver: { ...params.solver, rtol },
    output: {
      ...params.output,
      every: { kind: 'times', times: [params.stops.end] },
      sizeHistoryStride: null,
    },
  };
  let state = marsDisk.initial(job);
  const seconds = leastCpu(repeats, () => {
    state = marsDisk.advance(marsDisk.initial(job), job, Number.POSITIVE_INFINITY, () => false, nothing);
  });
  const perStep = (1e6 * seconds) / (state.steps + state.rejected);
  const least = 1e6 * floor(bins);
  const whole = wholeStep.get(bins);
  const share = name === volumeName ? `${(perStep / whole!).toFixed(2)} x whole` : '';
  if (name === 'quickstart' && rtol === 1e-6) wholeStep.set(bins, perStep);
  const verdict = limit === null ? '' : `${limit} ${seconds <= limit ? 'kept' : 'EXCEEDED'}`;
  if (limit !== null && seconds > limit) tooSlow++;
  const cells = [
    name.padEnd(13),
    String(bins).padStart(4),
    rtol.toExponential(0).padStart(7),
    String(state.steps).padStart(7),
    String(state.rejected).padStart(8),
    (1e3 * seconds).toFixed(1).padStart(9),
    perStep.toFixed(1).padStart(9),
    least.toFixed(1).padStart(10),
    (perStep / least).toFixed(2).padStart(7),
    verdict.padStart(14),
    share.padStart(14),
  ];
  lines.push(cells.join(''));
}
process.stdout.write(`${lines.join('\n')}\n`);
if (tooSlow > 0) process.exitCode = 1;
