/**
 * Time of a legacy step: 40 bins, blow-out and Q_pr that follow a cooling Mars, sublimation, supply, rows thinned. CPU time of one thread, the
 * least of several runs after warm-up, against a floor measured in the same process: the multiply-adds of the collision kernel (physics.md f
 * in the form of spec/resolved.md 1.2: two sums over half of all pairs) in one plain loop.
 */
import { loadRunSpec } from '../src/config/load.js';
import { marsLegacy } from '../src/sim/legacy/model.js';
import type { LegacyParams } from '../src/sim/legacy/params.js';
import { leastCpu } from './timing/leastCpu.js';

/** us per step that the project wants to keep. */
const wanted = 5;
const steps = 200_000;

/** CPU time of the multiply-adds of one step and of nothing else, us. */
function floor(n: number): number {
  const rows = Float64Array.from({ length: n * n }, (_, p) => 1 / (1 + (p % 7)));
  const vector = new Float64Array(n).fill(1e-3);
  const out = new Float64Array(n);
  const rounds = 50_000;
  const seconds = leastCpu(5, () => {
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < n; i++) {
        let a = 0;
        let b = 0;
        for (let k = 0, p = i * n; k < n; k += 2, p += 2) {
          a += rows[p] * vector[k];
          b += rows[p + 1] * vector[k + 1];
        }
        out[i] = a + b;
      }
    }
  });
  return (1e6 * seconds) / rounds;
}

async function parameters(...overrides: string[]): Promise<LegacyParams> {
  const { params } = await loadRunSpec({
    file: 'configs/quickstart.yml',
    overrides: [
      'numerics.solver=legacy',
      'radiation.qpr_table_path=tables/mie_forsterite_compat.csv',
      'radiation.qpr_interpolation=linear',
      'psd.floor.mode=none',
      'shielding.mode=off',
      'optical_depth.tau_stop=null',
      'io.psd_history=false',
      `io.series_stride=${steps}`,
      'sinks.sublimation_location=smol',
      'sinks.sub_params.mass_conserving=true',
      ...overrides,
    ],
    environment: {},
  });
  return params as LegacyParams;
}

const nothing = { write() {} };
const lines = ['case                bins    steps   us/step   floor us   ratio   wanted us'];
let slow = false;
for (const [name, bins, ...overrides] of [
  ['dense, cooling', 40],
  ['dilute, cooling', 40, 'optical_depth.tau0_target=1e-6', 'sizes.s_max=1e-3'],
  ['dense, cooling', 20],
  ['dense, cooling', 80],
] as const) {
  const params = await parameters(`sizes.n_bins=${bins}`, ...overrides);
  const job: LegacyParams = { ...params, step: 20, stops: { ...params.stops, end: 20 * steps } };
  const seconds = leastCpu(4, () => {
    marsLegacy.advance(marsLegacy.initial(job), job, Number.POSITIVE_INFINITY, () => false, nothing);
  });
  const each = (1e6 * seconds) / steps;
  const least = floor(bins);
  const kept = bins !== 40 || each <= wanted;
  if (!kept) slow = true;
  lines.push(
    [
      name.padEnd(20),
      String(bins).padStart(4),
      String(steps).padStart(9),
      each.toFixed(2).padStart(10),
      least.toFixed(2).padStart(11),
      (each / least).toFixed(2).padStart(8),
      (bins === 40 ? `${wanted} ${kept ? 'kept' : 'EXCEEDED'}` : '').padStart(12),
    ].join(''),
  );
}
process.stdout.write(`${lines.join('\n')}\n`);
if (slow) process.exitCode = 1;
