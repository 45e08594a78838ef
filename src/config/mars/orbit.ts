import { marsRadius } from '../../sim/mars/constants.js';
import { clearanceEccentricity, grazingEccentricity, tiltedInclination } from '../../sim/mars/orbit.js';
import type { MarsParams } from '../../sim/mars/params.js';
import type { Pcg64 } from '../../sim/numerics/pcg64.js';
import type { Settings } from '../settings.js';
import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from '../tables/columns.js';
import type { Inputs } from '../tables/inputs.js';
import { clearance } from './draws.js';
import type { Ring } from './mass.js';

/** Radius, edges and area of the ring (physics.md section b). */
export function ring(settings: Settings): Ring {
  const inMetres =
    !settings.sectionGiven('disk.geometry') &&
    (settings.given('geometry.r_in') || settings.given('geometry.r_out'));
  const [innerKey, outerKey] = inMetres
    ? ['geometry.r_in', 'geometry.r_out']
    : ['disk.geometry.r_in_RM', 'disk.geometry.r_out_RM'];
  const unit = inMetres ? 1 : marsRadius;
  const inner = settings.number(innerKey, 'is required: the inner edge of the ring in Mars radii');
  const outer = settings.number(outerKey, 'is required: the outer edge of the ring in Mars radii');
  if (inner > outer) settings.refuseValue(innerKey, `must be <= ${outerKey} = ${outer}`);
  // The reference radius is formed in the user's unit first, as the original does, so that the last digit agrees.
  const radius = 0.5 * (inner + outer) * unit;
  if (radius <= marsRadius)
    settings.refuseValue(innerKey, `the ring must lie above the surface of Mars (r = ${radius} m)`);
  const a = inner * unit;
  const b = outer * unit;
  const area = Math.PI * (b * b - a * a);
  return { radius, inner: a, outer: b, area: area > 0 ? area : Math.PI * radius * radius };
}

function interpolated(table: Columns, column: string, x: number): number {
  const axis = anyColumn(table, [column]);
  const e = anyColumn(table, ['e']);
  if (table.rows < 2) throw new TableError(`needs at least 2 rows, it has ${table.rows}`);
  for (const { name, values } of [axis, e]) requireFinite(name, values);
  requireAscending(axis.name, axis.values);
  const outside = e.values.findIndex((value) => value < 0 || value >= 1);
  if (outside >= 0)
    throw new TableError(`column e, row ${outside + 1}: ${e.values[outside]} must be >= 0 and < 1`);
  const above = axis.values.findIndex((value) => value >= x);
  if (above === 0) return e.values[0]!;
  if (above < 0) return e.values[e.values.length - 1]!;
  const [x0, x1] = [axis.values[above - 1]!, axis.values[above]!];
  const [e0, e1] = [e.values[above - 1]!, e.values[above]!];
  return e0 + ((x - x0) / (x1 - x0)) * (e1 - e0);
}

/** What a run does with a number that chance has chosen: it says so, and shows the number as if it had been given. */
function drawnEccentricity(settings: Settings, radius: number, random: Pcg64): number {
  const profile = settings.text('dynamics.e_profile.mode');
  if (profile !== 'off') {
    settings.refuse(
      'dynamics.e_mode',
      `dynamics.e_mode = mars_clearance needs dynamics.e_profile.mode=off: the profile ${profile} would replace what is drawn`,
    );
  }
  const dr = clearance(settings, random);
  if (dr === null) return Number.NaN;
  const e = clearanceEccentricity(radius, dr);
  const beyond = e === 0 ? ', which is beyond the ring: e = 0' : '';
  settings.warn(
    `dynamics.e_mode mars_clearance: e = ${Number(e.toPrecision(6))} is drawn (dr = ${Number((dr / 1000).toPrecision(6))} km${beyond}); to compare runs give the same dynamics.rng_seed, or dynamics.e0 with e_mode=fixed`,
  );
  settings.decide('dynamics.e0', e, 'drawn');
  return e;
}

/** Eccentricity: drawn, the profile of Mars' pericentre, a table, or e0. @param random null when nothing is drawn */
export async function eccentricity(
  settings: Settings,
  inputs: Inputs,
  radius: number,
  random: Pcg64 | null,
): Promise<number> {
  if (random !== null && settings.text('dynamics.e_mode') === 'mars_clearance')
    return drawnEccentricity(settings, radius, random);
  const mode = settings.text('dynamics.e_profile.mode');
  if (mode === 'off') {
    return settings.number('dynamics.e0', 'is required with dynamics.e_profile.mode off (>= 0 and < 1)');
  }
  let raw: number;
  if (mode === 'table') {
    const key = 'dynamics.e_profile.table_path';
    if (settings.maybeText(key) === null)
      settings.refuse(key, `${key} is required with dynamics.e_profile.mode table`);
    const kind = settings.text('dynamics.e_profile.r_kind');
    const x = kind === 'r_RM' ? radius / marsRadius : radius;
    const e = { name: `e at ${kind} ${x}`, of: (table: Columns) => interpolated(table, kind, x) };
    raw = (await inputs.read(settings, key, e)) ?? Number.NaN;
  } else {
    raw = grazingEccentricity(radius);
  }
  const low = settings.number('dynamics.e_profile.clip_min');
  const high = settings.number('dynamics.e_profile.clip_max');
  if (low > high)
    settings.refuseValue('dynamics.e_profile.clip_min', `must be <= dynamics.e_profile.clip_max = ${high}`);
  const e = Math.min(Math.max(raw, low), high);
  if (settings.given('dynamics.e0') && Number.isFinite(e)) {
    settings.warn(
      `dynamics.e0 = ${settings.number('dynamics.e0')} is not used: dynamics.e_profile.mode ${mode} gives e = ${Number(e.toPrecision(6))}`,
    );
  }
  return e;
}

/** Inclination [rad]: drawn, or i0. */
function inclinationOf(settings: Settings, random: Pcg64 | null): number {
  const inDegrees = settings.text('dynamics.i0_unit') === 'deg';
  if (random === null || settings.text('dynamics.i_mode') === 'fixed') {
    const i0 = settings.number('dynamics.i0', 'is required: the inclination in dynamics.i0_unit');
    return inDegrees ? (i0 * Math.PI) / 180 : i0;
  }
  const tilt = settings.number('dynamics.obs_tilt_deg');
  const i = tiltedInclination(tilt, settings.number('dynamics.i_spread_deg'), random);
  const degrees = (i * 180) / Math.PI;
  settings.warn(
    `dynamics.i_mode obs_tilt_spread: i = ${Number(degrees.toPrecision(6))} degrees is drawn; to compare runs give the same dynamics.rng_seed, or dynamics.i0 with i_mode=fixed`,
  );
  settings.decide('dynamics.i0', inDegrees ? degrees : i, 'drawn');
  return i;
}

/** Inclination [rad] and scale height. @param random null when nothing is drawn */
export function thickness(
  settings: Settings,
  random: Pcg64 | null,
): Pick<MarsParams, 'inclination' | 'scaleHeight'> {
  const inclination = inclinationOf(settings, random);
  if (inclination > Math.PI / 2) settings.refuseValue('dynamics.i0', 'must be <= 90 degrees');
  if (settings.text('dynamics.kernel_H_mode') === 'ia') {
    if (inclination === 0) {
      settings.refuseValue(
        'dynamics.i0',
        'must be > 0 with dynamics.kernel_H_mode ia: the ring would have no height',
      );
    }
    return {
      inclination,
      scaleHeight: { kind: 'inclination', factor: settings.number('dynamics.H_factor') },
    };
  }
  const overRadius = settings.number(
    'dynamics.H_fixed_over_a',
    'is required with dynamics.kernel_H_mode fixed (> 0)',
  );
  return { inclination, scaleHeight: { kind: 'fixed', overRadius } };
}

/** Line-of-sight factor f_los >= 1; its defaults give 1, so that a configuration without a shielding section has f_los = 1. */
export function lineOfSight(settings: Settings): number {
  if (settings.text('shielding.los_geometry.mode') === 'none') return 1;
  const path = settings.number('shielding.los_geometry.path_multiplier');
  return Math.max(1, path / settings.number('shielding.los_geometry.h_over_r'));
}
