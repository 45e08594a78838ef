import { type LegacyParams, legacyParams } from '../../sim/legacy/params.js';
import { coolingOf } from '../../sim/mars/cooling.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { checkTemperatures, ofGrains, temperaturesReached } from '../mars/climate.js';
import { generator } from '../mars/draws.js';
import { efficiency } from '../mars/efficiency.js';
import { initialSizes, sizes } from '../mars/grains.js';
import { startMass } from '../mars/mass.js';
import { eccentricity, lineOfSight, ring, thickness } from '../mars/orbit.js';
import { energyAccounts } from '../mars/output.js';
import { seedBasis } from '../mars/params.js';
import { temperature } from '../mars/radiation.js';
import { stops } from '../mars/stops.js';
import { strength } from '../mars/strength.js';
import { sublimation } from '../mars/sublimation.js';
import { supply } from '../mars/supply.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { warnOfDefects } from './defects.js';
import { located, otherSinks, phase, surfaceEnergy } from './grains.js';
import { blowout, shielding } from './radiation.js';
import { velocity } from './velocity.js';

const hour = 3600;

/**
 * Parameters of the legacy solver in SI units from the user's settings.
 * @throws ConfigurationError with everything that is wrong, earlier findings included
 */
export async function buildLegacyParams(settings: Settings, inputs: Inputs): Promise<LegacyParams> {
  const place = ring(settings);
  const { radius, area } = place;
  const grid = sizes(settings);
  const law = await temperature(settings, inputs, radius);
  const Qpr = await efficiency(settings, inputs, grid);
  const end = law && legacyStops(settings, radius, law);
  const reached = law && end && Number.isFinite(end.end) ? temperaturesReached(law, end.end) : null;
  const initial = initialSizes(settings, grid);
  const density = settings.number('material.rho');
  const sight = lineOfSight(settings);
  const random = generator(settings, seedBasis(radius, area, law, settings));
  const frozen = {
    sigma: settings.flag('surface.freeze_sigma'),
    opacity: settings.flag('radiation.freeze_kappa'),
  };
  const params = {
    radius,
    area,
    eccentricity: await eccentricity(settings, inputs, radius, random),
    ...thickness(settings, random),
    relativeVelocity: settings.text('dynamics.v_rel_mode'),
    ...(settings.text('dynamics.kernel_ei_mode') === 'wyatt_eq' && {
      wake: settings.number('dynamics.f_wake'),
    }),
    density,
    sizes: grid,
    initial,
    ...massOf(settings, place, { sizes: grid, initial, density, collisions: wholeBins }, sight),
    lineOfSight: sight,
    strength: strength(settings),
    efficiency: Qpr,
    temperature: law,
    temperatureSampling: hour * settings.number('radiation.mars_temperature_driver.autogenerate.dt_hours'),
    absorption: settings.number('phase.q_abs_mean'),
    collisions: {
      enabled: settings.flag('collisions.enabled') && settings.text('physics_mode') !== 'sublimation_only',
      fragmentSlope: settings.number('collisions.alpha_frag'),
    },
    floor: settings.text('psd.floor.mode'),
    ...surfaceEnergy(settings),
    blowout: blowout(settings),
    sublimation: located(settings, await sublimation(settings, inputs, reached && ofGrains(radius, reached))),
    ...otherSinks(settings),
    ...phase(settings),
    ...(await shielding(settings, inputs)),
    supply: await supplyOf(settings, inputs, grid, radius),
    ...((frozen.sigma || frozen.opacity) && { frozen }),
    stops: end,
    ...energyAccounts(settings),
    step: settings.value('numerics.dt_init'),
    output: {
      seriesStride: settings.number('io.series_stride'),
      sizeHistoryStride: settings.flag('io.psd_history') ? settings.number('io.psd_history_stride') : null,
      orbits: settings.flag('numerics.orbit_rollup'),
    },
  };
  settings.problems.check();
  const checked = legacyParams.parse(params);
  warnOfDefects(settings, checked);
  return checked;
}

/** How sizes are resolved here: all grains of a bin have one size. */
const wholeBins: MarsParams['collisions'] = { enabled: true, alphaFrag: 3.5, remnant: 'whole' };

type MassRest = Parameters<typeof startMass> extends [unknown, ...infer Rest] ? Rest : never;

/** Mass of the ring at the start; where a surface density hangs on the opacity, the floor must leave the grid alone. */
function massOf(settings: Settings, ...rest: MassRest): ReturnType<typeof startMass> {
  const byOpacity =
    settings.flag('init_tau1.enabled') ||
    settings.flag('init_tau1.scale_to_tau1') ||
    settings.text('surface.init_policy') === 'clip_by_tau1';
  if (settings.switchedOff('optical_depth') && byOpacity && settings.text('psd.floor.mode') !== 'none') {
    settings.refuseValue(
      'psd.floor.mode',
      'must be none where init_tau1 or surface.init_policy set the mass of the ring',
    );
  }
  return startMass(settings, ...rest);
}

/** The end is met exactly: there is no fall-back to another one (Z5). */
function legacyStops(
  settings: Settings,
  radius: number,
  law: MarsParams['temperature'],
): LegacyParams['stops'] {
  const found = stops(settings, radius, law);
  const { temperature: target, temperatureMargin, ...kept } = found;
  checkTemperatures(settings, law, found);
  if (target === null) return kept;
  const [reached] = coolingOf(law).passes(target, found.end);
  return { ...kept, end: (reached ?? Number.NaN) + temperatureMargin };
}

async function supplyOf(
  settings: Settings,
  inputs: Inputs,
  grid: MarsParams['sizes'],
  radius: number,
): Promise<LegacyParams['supply']> {
  const found = await supply(settings, inputs, grid, radius);
  const speeds = velocity(settings);
  return found === null ? null : { ...found, ...(speeds !== null && { velocity: speeds }) };
}
