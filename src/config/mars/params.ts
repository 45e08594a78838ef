import { coolingOf } from '../../sim/mars/cooling.js';
import { pericentreSpeed } from '../../sim/mars/kernel.js';
import { type MarsParams, marsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { checkTemperatures, ofGrains, temperaturesReached } from './climate.js';
import { generator } from './draws.js';
import { efficiency } from './efficiency.js';
import { initialSizes, payable, remnant, sizes } from './grains.js';
import { startMass } from './mass.js';
import { eccentricity, lineOfSight, ring, thickness } from './orbit.js';
import { energyAccounts, output } from './output.js';
import { phase } from './phase.js';
import { blowout, temperature } from './radiation.js';
import { shielding } from './shielding.js';
import { gasDrag, vapourEscape } from './sinks.js';
import { stops } from './stops.js';
import { strength } from './strength.js';
import { sublimation } from './sublimation.js';
import { refuseVelocity, supply } from './supply.js';

/**
 * Parameters of the Mars disk in SI units from the user's settings.
 * @throws ConfigurationError with everything that is wrong, earlier findings included.
 */
export async function buildMarsParams(settings: Settings, inputs: Inputs): Promise<MarsParams> {
  const place = ring(settings);
  const { radius, area } = place;
  const bounds = sizes(settings);
  const law = await temperature(settings, inputs, radius);
  // Without a usable law the end cannot be judged; the law's own problem is reported instead.
  const end = law && stops(settings, radius, law);
  const reached = law && end && Number.isFinite(end.end) ? temperaturesReached(law, end.end) : null;
  if (law && end) checkTemperatures(settings, law, end);
  const phases = reached === null ? undefined : phase(settings, radius, reached);
  const escaping = vapourEscape(settings, phases);
  const dragging = gasDrag(settings);
  const shield = await shielding(settings, inputs);
  const random = generator(settings, seedBasis(radius, area, law, settings));
  refuseVelocity(settings);
  const e = await eccentricity(settings, inputs, radius, random);
  const density = settings.number('material.rho');
  const grid = payable(settings, bounds, pericentreSpeed(radius, e), density);
  const initial = initialSizes(settings, grid);
  const sight = lineOfSight(settings);
  const collisionless = settings.text('physics_mode') === 'sublimation_only';
  const collisions = {
    enabled: settings.flag('collisions.enabled') && !collisionless,
    alphaFrag: settings.number('collisions.alpha_frag'),
    remnant: remnant(settings),
  };
  const params = {
    radius,
    area,
    eccentricity: e,
    ...thickness(settings, random),
    relativeVelocity: settings.text('dynamics.v_rel_mode'),
    density,
    sizes: grid,
    initial,
    ...startMass(settings, place, { sizes: grid, initial, density, collisions }, sight),
    lineOfSight: sight,
    collisions,
    strength: strength(settings),
    efficiency: await efficiency(settings, inputs, grid),
    blowout: blowout(settings, phases !== undefined),
    temperature: law,
    sublimation: await sublimation(settings, inputs, reached && ofGrains(radius, reached)),
    supply: await supply(settings, inputs, grid, radius),
    ...(phases !== undefined && { phase: phases }),
    ...(dragging !== undefined && { gasDrag: dragging }),
    ...(escaping !== undefined && { escape: escaping }),
    ...(shield !== undefined && { shielding: shield }),
    stops: end,
    solver: {
      rtol: settings.number('numerics.rtol'),
      eta: settings.number('numerics.eta'),
    },
    ...energyAccounts(settings),
    output: output(settings, end?.end ?? Number.NaN),
  };
  settings.problems.check();
  return checked(params);
}

/** What tells rings apart whose random numbers have no seed: radius, area, T_M and optical depth at the start (physics.md b). */
export function seedBasis(
  radius: number,
  area: number,
  law: MarsParams['temperature'] | null,
  settings: Settings,
) {
  const known = (x: number) => (Number.isFinite(x) ? x : null);
  const T = law === null ? null : known(coolingOf(law).at(0));
  return [known(radius), known(area), T, settings.maybeNumber('optical_depth.tau0_target')];
}

/** Tables were checked when they were read, and configurations that name the same ones share them: they are not gone through again. */
function checked(
  params: Record<string, unknown> & { efficiency: unknown; temperature: unknown },
): MarsParams {
  const isTable = (law: unknown) => (law as { kind: string }).kind === 'table';
  const tables = Object.fromEntries(
    (['efficiency', 'temperature'] as const)
      .filter((name) => isTable(params[name]))
      .map((name) => [name, params[name]]),
  );
  const standIns = Object.fromEntries(
    Object.keys(tables).map((name) => [name, { kind: 'constant', value: 1 }]),
  );
  return { ...marsParams.parse({ ...params, ...standIns }), ...tables };
}
