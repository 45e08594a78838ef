import { type LegacyParams, legacyParams } from '../../sim/legacy/params.js';
import { coolingOf } from '../../sim/mars/cooling.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { checkTemperatures, ofGrains, temperaturesReached } from '../mars/climate.js';
import { generator } from '../mars/draws.js';
import { efficiency } from '../mars/efficiency.js';
import { initialSizes, sizes } from '../mars/grains.js';
import { byOpticalDepth } from '../mars/mass.js';
import { eccentricity, lineOfSight, ring, thickness } from '../mars/orbit.js';
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
  const { radius, area } = ring(settings);
  const grid = sizes(settings);
  const law = await temperature(settings, inputs, radius);
  const Qpr = await efficiency(settings, inputs, grid);
  const end = law && legacyStops(settings, radius, law);
  const reached = law && end && Number.isFinite(end.end) ? temperaturesReached(law, end.end) : null;
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
    density: settings.number('material.rho'),
    sizes: grid,
    initial: initialSizes(settings, grid),
    ...opticalDepth(settings),
    lineOfSight: lineOfSight(settings),
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

function opticalDepth(settings: Settings): { tau0: number } {
  if (settings.switchedOff('optical_depth')) {
    settings.refuse(
      'optical_depth',
      'optical_depth = null: the legacy solver starts from an optical depth alone; give optical_depth.tau0_target, or use numerics.solver=resolved',
    );
  }
  return byOpticalDepth(settings);
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
