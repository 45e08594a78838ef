import type { Meaning } from '../model.js';
import { marsRadius } from './constants.js';
import type { MarsParams } from './params.js';

/** A result of a run: its value, unit and meaning stand in one place. @typeParam End what the run has come to */
export interface SummaryResult<End> extends Meaning {
  readonly name: string;
  readonly value: (end: End) => number | string | boolean | null;
}

export function result<End>(
  name: string,
  unit: string,
  meaning: string,
  value: SummaryResult<End>['value'],
): SummaryResult<End> {
  return { name, unit, meaning, value };
}

/** What follows from parameters that both solvers have. */
interface Configured {
  readonly params: Pick<MarsParams, 'radius' | 'density'> & {
    readonly collisions: { readonly enabled: boolean };
    readonly blowout: { readonly enabled: boolean };
    readonly sublimation: object | null;
    readonly gasDrag?: unknown;
    readonly escape?: unknown;
  };
}

export const place: readonly SummaryResult<Configured>[] = [
  result('r_m_used', 'm', 'reference radius', ({ params }) => params.radius),
  result('r_RM_used', 'R_Mars', 'reference radius', ({ params }) => params.radius / marsRadius),
  result('rho_used', 'kg m-3', 'grain density', ({ params }) => params.density),
];

export const processes: readonly SummaryResult<Configured>[] = [
  result('collisions_active', '', 'whether grains collide', ({ params }) => params.collisions.enabled),
  result(
    'blowout_active',
    '',
    'whether radiation pressure blows grains out',
    ({ params }) => params.blowout.enabled,
  ),
  result('sublimation_active', '', 'whether grains sublime', ({ params }) => params.sublimation !== null),
  result(
    'sinks_active',
    '',
    'whether there are sinks besides blow-out: sublimation, gas drag, escape',
    ({ params }) =>
      params.sublimation !== null || params.gasDrag !== undefined || params.escape !== undefined,
  ),
];
