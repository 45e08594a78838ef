import { CollisionStep, type Sinks } from '../../src/sim/legacy/collisionStep.js';
import { CollisionTables } from '../../src/sim/legacy/collisionTables.js';
import type { LegacyParams } from '../../src/sim/legacy/params.js';
import { stickyUnits } from './stickyGrains.js';

/**
 * The sticking grains of `stickyUnits` through the collision step of the legacy solver: sizes of 1/2 make its kernel reach (s_i + s_j)^2 a
 * constant, and every pair stands in the list of those whose remnant has a bin of its own.
 *
 * @param params any; only the slope of fragments, of which there are none here, is read
 * @returns bin masses after `steps` steps of one length
 */
export function stickyLegacy(params: LegacyParams, steps: number, x: number): Float64Array {
  const { bins, masses, start, kernelRate, timeOf } = stickyUnits;
  const edges = Float64Array.from({ length: bins + 1 }, (_, k) => k + 1);
  const tables = new CollisionTables(params, bins, edges);
  tables.reach = kernelRate;
  for (let i = 0, p = 0; i < bins; i++) {
    for (let j = i; j < bins; j++, p++) {
      tables.pairs.set([i, j, Math.min(i + j + 1, bins - 1)], 3 * p);
      tables.pairRates.set([(i === j ? 0.5 : 1) * kernelRate * (masses[i] + masses[j]), 0], 2 * p);
      tables.others = p + 1;
    }
  }
  const grains = { edges, sizes: new Float64Array(bins).fill(0.5), masses };
  const none = () => new Float64Array(bins);
  const sinks: Sinks = { blowout: none(), sublimation: none(), source: none(), external: 0, supply: 0 };
  const step = new CollisionStep(bins);
  const numbers = new Float64Array(bins + 1);
  start.forEach((mass, k) => {
    numbers[k] = mass / masses[k];
  });
  const dt = timeOf(x) / steps;
  for (let n = 0; n < steps; n++) {
    step.take(numbers, grains, tables, sinks, dt);
    if (step.covered !== dt)
      throw new Error(`a step of ${dt} s was cut to ${step.covered} s: take more steps`);
  }
  return masses.map((mass, k) => mass * numbers[k]);
}
