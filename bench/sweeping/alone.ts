/**
 * CPU of the solver alone, s per case of a job (its index is the argument), on cases from all over the axis: one number on stdout. A process of
 * its own, so that as many can compute at once as a sweep computes cases: cores that share their parts are slower together.
 */
import { loadRunSpec } from '../../src/config/load.js';
import { modelOf } from '../../src/sim/models.js';
import { base, first, jobs, last } from './jobs.js';

/** Cases that are measured; before them as many warm the compiler up. */
const sample = 16;

const words = Object.entries(jobs[Number(process.argv[2])]!.overrides).map(
  ([key, value]) => `${key}=${value}`,
);

async function compute(i0: number): Promise<number> {
  const spec = await loadRunSpec({ file: base, overrides: [...words, `dynamics.i0=${i0}`] });
  const { model, params } = modelOf(spec);
  const before = process.cpuUsage();
  model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, { write() {} });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const cases = Array.from({ length: sample }, (_, n) => first + ((n + 0.5) / sample) * (last - first));
for (const i0 of cases) await compute(i0);
let sum = 0;
for (const i0 of cases) sum += await compute(i0);
console.log(sum / sample);
