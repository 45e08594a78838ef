import { bulkState } from '../mars/phase.js';

/** Words of the original's text columns, by the codes that stand for them here. */
export const phaseStates = ['solid', 'vapor'] as const;
export const bulkStates = ['solid_dominated', 'mixed', 'liquid_dominated'] as const;
export const selectedSinks = ['none', 'rp_blowout', 'hydro_escape'] as const;

export const bulkCode = (liquid: number) => bulkStates.indexOf(bulkState(liquid)) as 0 | 1 | 2;
