import type { Disk } from './disk.js';
import { suppliedMass } from './supply/supplyRates.js';
import { absent } from './unknowns.js';

/** Surface density of all sizes, kg m-2. */
export function surfaceDensity(disk: Disk, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < disk.unknowns.masses; k++) sum += y[k];
  return sum;
}

/** Line-of-sight optical depth f_los sum kappa_k M_k (eq. 4 of docs/physics.md). */
export function opticalDepth(disk: Disk, y: Float64Array): number {
  return disk.params.lineOfSight * disk.measures.opticalDepth(y);
}

/**
 * Optical depth of the grains above the blow-out size (eq. 5 of docs/physics.md). Unlike tau it is not made of dust that only waits to leave.
 *
 * @param a blow-out size, m
 */
export function boundOpticalDepth(disk: Disk, y: Float64Array, a: number): number {
  return disk.params.lineOfSight * disk.measures.opticalDepthAbove(y, a);
}

/** Mass supplied until t, kg m-2. */
export function massSupplied(disk: Disk, t: number, y: Float64Array): number {
  return suppliedMass(disk.supply, disk.unknowns, t, y);
}

/** Mass in the deep buffer, kg m-2. */
export function deepMass({ unknowns }: Disk, y: Float64Array): number {
  return unknowns.deep === absent ? 0 : y[unknowns.deep];
}

/** Mass that has left since the start by sinks other than blow-out, kg m-2. */
export function sunkMass({ unknowns }: Disk, y: Float64Array): number {
  let sum = y[unknowns.sublimed];
  for (const ledger of [unknowns.dragged, unknowns.escaped]) if (ledger !== absent) sum += y[ledger];
  return sum;
}

/** Mass that has left since the start, kg m-2. */
export function lostMass(disk: Disk, y: Float64Array): number {
  return y[disk.unknowns.blownOut] + sunkMass(disk, y);
}

/** Sigma + deep + lost - Sigma_0 - P, kg m-2: what was created (+) or destroyed (-). */
export function massDifference(disk: Disk, t: number, y: Float64Array): number {
  const lost = lostMass(disk, y);
  return surfaceDensity(disk, y) + deepMass(disk, y) + lost - disk.initialTotal - massSupplied(disk, t, y);
}

/** Relative closure of the mass budget, |difference|/(Sigma_0 + P) (eq. 48 of docs/physics.md). */
export function massError(disk: Disk, t: number, y: Float64Array): number {
  return Math.abs(massDifference(disk, t, y)) / (disk.initialTotal + massSupplied(disk, t, y));
}
