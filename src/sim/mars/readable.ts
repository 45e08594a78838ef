import type { Readable } from '../model.js';
import { diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import type { MarsState } from './state.js';
import { rateAt } from './supply/law.js';
import { lostMass, massSupplied, sunkMass, surfaceDensity } from './totals.js';

/**
 * A state under the names of the original's checkpoints (original-pipeline.md 3). SI units; cumulative masses in Mars masses, as in
 * series/run.parquet.
 */
export function readableOf(state: MarsState, params: MarsParams): Record<string, Readable> {
  const disk = diskOf(params);
  const { grid, unknowns, toMarsMasses: toMM } = disk;
  const { time, y } = state;
  const { firstBin } = disk.measures;
  const masses = y.slice(firstBin, firstBin + grid.bins);
  const B = y[unknowns.blownOut];
  return {
    sigma_surf: surfaceDensity(disk, y),
    T_M_current: disk.cooling.at(time),
    M_loss_cum: lostMass(disk, y) * toMM,
    mass_lost_by_blowout: B * toMM,
    mass_lost_by_sinks: sunkMass(disk, y) * toMM,
    supply_state: {
      rate_kg_m2_s: rateAt(disk.supply.law, time),
      supplied_kg_m2: massSupplied(disk, time, y),
    },
    psd_state: {
      s_center_m: [...grid.sizes],
      grain_mass_kg: [...grid.masses],
      number_m2: Array.from(masses, (mass, k) => mass / grid.masses[k]),
      mass_kg_m2: [...masses],
      ...(firstBin > 0 ? { floor_mass_kg_m2: y[0] } : {}),
    },
    // Nothing in this model is drawn at random.
    rng_state: null,
  };
}
