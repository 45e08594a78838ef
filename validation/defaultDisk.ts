import { loadRunSpec } from '../src/config/load.js';
import type { MarsParams } from '../src/sim/mars/params.js';
import { clone } from './places.js';

/** Parameters of configs/quickstart.yml with overrides `KEY=VALUE`. */
export async function quickstartParams(...overrides: string[]): Promise<MarsParams> {
  return (await loadRunSpec({ file: `${clone}configs/quickstart.yml`, overrides })).params as MarsParams;
}

/**
 * The quickstart disk with everything named that a better default may change, so that numbers move only when the physics does: how sizes are
 * resolved, forsterite's vapour pressure and the Q_pr table from 1 um on.
 */
export function pinnedDisk(
  remnant: 'whole' | 'finite_volume' = 'whole',
  ...more: string[]
): Promise<MarsParams> {
  return quickstartParams(
    `collisions.remnant=${remnant}`,
    'radiation.qpr_table_path=tables/qpr_forsterite_1um.csv',
    'sublimation.law=forsterite',
    ...more,
  );
}
