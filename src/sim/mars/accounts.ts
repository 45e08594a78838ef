import type { Disk } from './disk.js';
import { CollisionEnergies, integratedSums } from './energy.js';
import { EnergyAccount } from './energyAccount.js';
import { geometricKernel } from './kernel.js';
import { orbitMemory } from './orbitRollup.js';
import type { MarsParams } from './params.js';
import { phaseMemory } from './phaseTimes.js';
import { disruptiveOutcomes } from './remnant.js';
import { disruptionThreshold } from './strength.js';
import { supplyMemory } from './supply/extremes.js';

/** Numbers that the accounts of a run keep from step to step; none unless it has something to account for. */
export function accountsSize(params: MarsParams): number {
  const { energy, output, supply } = params;
  return (
    (output.orbitRollup ? orbitMemory : 0) +
    (energy ? integratedSums : 0) +
    phaseMemory(params) +
    supplyMemory(params) +
    (supply?.reservoir ? 1 : 0)
  );
}

/** The part of a state's accounts that belongs to the orbits. */
export function orbitPart({ output }: MarsParams, accounts: Float64Array): Float64Array {
  return accounts.subarray(0, output.orbitRollup ? orbitMemory : 0);
}

/** The part that belongs to the energies. */
export function energyPart(params: MarsParams, accounts: Float64Array): Float64Array {
  const from = orbitPart(params, accounts).length;
  return accounts.subarray(from, from + (params.energy ? integratedSums : 0));
}

/** What is kept of the course of the run; empty if the state comes from a program that did not keep it (format 2). */
function coursePart(params: MarsParams, accounts: Float64Array): Float64Array {
  const from = orbitPart(params, accounts).length + energyPart(params, accounts).length;
  const part = accounts.subarray(from, accounts.length - reservoirPart(params, accounts).length);
  return part.length === phaseMemory(params) + supplyMemory(params) ? part : part.subarray(0, 0);
}

/** The part that belongs to the phases. */
export function phasePart(params: MarsParams, accounts: Float64Array): Float64Array {
  return coursePart(params, accounts).subarray(0, phaseMemory(params));
}

/** The part that belongs to the extremes of the supply. */
export function supplyPart(params: MarsParams, accounts: Float64Array): Float64Array {
  return coursePart(params, accounts).subarray(phaseMemory(params));
}

/** The part that belongs to a reservoir: when it was used up, s; 0 until then. */
export function reservoirPart({ supply }: MarsParams, accounts: Float64Array): Float64Array {
  return accounts.subarray(accounts.length - (supply?.reservoir ? 1 : 0));
}

/** The energy account of a run, or null. Without collisions all its sums are zero. */
export function energyAccountOf(disk: Disk, accounts: Float64Array): EnergyAccount | null {
  const { params, measures, relativeSpeed: v, scaleHeight: H, unknowns } = disk;
  if (params.energy === undefined) return null;
  const { points } = measures;
  const thresholds = points.sizes.map((s) => disruptionThreshold(params.strength, s, v, params.density));
  const kernel = params.collisions.enabled
    ? geometricKernel(points, v, H)
    : new Float64Array(points.bins * points.bins);
  const { remnant } = disruptiveOutcomes(points, thresholds, v, params.density);
  const energies = new CollisionEnergies(points.bins, params.energy);
  energies.set({ masses: points.masses, kernel, remnant, speed: v });
  return new EnergyAccount(energies, energyPart(params, accounts), unknowns.size);
}
