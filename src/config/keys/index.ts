import { diskKeys } from './disk.js';
import { dynamicsKeys } from './dynamics.js';
import { grainKeys } from './grains.js';
import type { Key } from './key.js';
import { numericsKeys } from './numerics.js';
import { outputKeys } from './output.js';
import { radiationKeys } from './radiation.js';
import { sinkKeys } from './sinks.js';
import { supplyKeys } from './supply.js';

/** Every key that a configuration may contain, in the order of the reference page. */
export const keys: readonly Key[] = [
  ...diskKeys,
  ...dynamicsKeys,
  ...grainKeys,
  ...radiationKeys,
  ...sinkKeys,
  ...supplyKeys,
  ...numericsKeys,
  ...outputKeys,
];

/** Keys by dotted name. */
export const keyNamed: ReadonlyMap<string, Key> = new Map(keys.map((key) => [key.name, key]));

/** Dotted names of all sections (maps that hold keys). */
export const sections: ReadonlySet<string> = new Set(
  keys.flatMap((key) => {
    const parts = key.name.split('.');
    return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('.'));
  }),
);

/** Keys that the original removed or that never belong to a run, with the reason that the user gets to read. */
export const removedKeys: ReadonlyMap<string, string> = new Map([
  ['geometry.r', 'removed: give disk.geometry.r_in_RM and r_out_RM'],
  ['geometry.runtime_orbital_radius_rm', 'removed: give disk.geometry.r_in_RM and r_out_RM'],
  ['temps', 'removed: give radiation.TM_K'],
  ['single_process_mode', 'removed: use physics_mode'],
  ['modes.single_process', 'removed: use physics_mode'],
  ['process.primary', 'removed: use physics_mode'],
  ['phase.map', 'removed: use phase.source and phase.thresholds'],
  ['radiation.qpr_table', 'removed: use radiation.qpr_table_path'],
  ['shielding.phi_table', 'removed: use shielding.table_path'],
  ['supply.mixing.mu', 'removed: use supply.const.mu_orbit10pct or supply.mixing.epsilon_mix'],
]);
