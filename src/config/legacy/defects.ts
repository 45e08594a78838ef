import { legacyDisk, mostSteps } from '../../sim/legacy/disk.js';
import type { LegacyParams } from '../../sim/legacy/params.js';
import type { Settings } from '../settings.js';

/** A defect of the original that published runs contain, and whether this configuration meets it. */
interface Defect {
  readonly name: string;
  readonly what: string;
  readonly applies: (params: LegacyParams, settings: Settings) => boolean;
}

const sublimes = ({ sublimation }: LegacyParams, ...locations: string[]) =>
  sublimation !== null && locations.includes(sublimation.location);

/** Section Z of physics.md: those that decide figures of a run. */
const defects: readonly Defect[] = [
  {
    name: 'Z1',
    what: 'a step covers a tenth of the shortest collision time at most while the clock moves by dt: dense disks are frozen (columns smol_dt_eff, covered_fraction)',
    applies: ({ collisions }) => collisions.enabled,
  },
  {
    name: 'Z2',
    what: 'supply.mixing.epsilon_mix cancels, because supply.const.mu_orbit10pct is set',
    applies: ({ supply }) => supply?.rate.kind === 'orbit',
  },
  {
    name: 'Z3',
    what: 'sublimation is booked over dt while the state has moved on by less: more may be lost than there is',
    applies: (params) =>
      params.collisions.enabled && sublimes(params, 'smol', 'both') && !params.sublimation!.massConserving,
  },
  {
    name: 'Z6',
    what: 'mass-conserving sublimation has no memory: grains never shrink',
    applies: (params) => params.sublimation?.massConserving === true && sublimes(params, 'smol', 'both'),
  },
  {
    name: 'Z7',
    what: 'sublimation acts inside the collision step alone, and there is none',
    applies: (params) => !params.collisions.enabled && sublimes(params, 'smol'),
  },
  {
    name: 'Z8',
    what: 'the slope of the fragments is one of mass, so almost all of it goes to the smallest bin',
    applies: ({ collisions }) => collisions.enabled,
  },
  {
    name: 'Z10',
    what: 'grains have two temperatures, a black one for sublimation and a grey one for the phase',
    applies: ({ sublimation, phase }) => sublimation !== null && phase !== undefined,
  },
  {
    name: 'Z12',
    what: 'the mass budget is closed by construction; column mass_closure is a real one',
    applies: () => true,
  },
  {
    name: 'Z13, Z14',
    what: 'with psd.floor.mode fixed or evolve_smin the grid begins at the blow-out size, beta hovers about 0.5, and rounding decides whether the first bin is blown out',
    applies: ({ floor, blowout }) => floor !== 'none' && blowout.enabled,
  },
  {
    name: 'Z15',
    what: 'grains below the Q_pr table get its first value',
    applies: ({ efficiency, sizes }) => efficiency.kind === 'table' && efficiency.sizes[0]! > sizes.min,
  },
  {
    name: 'Z16',
    what: 'the beta gate looks at the smallest bin even when it is empty',
    applies: ({ blowout, floor }) => blowout.enabled && floor === 'none',
  },
  {
    name: 'Z22',
    what: 'the initial three slopes jump at their breaks',
    applies: ({ initial }) => initial.shape === 'upper',
  },
];

/** Mass error of a step that the original's scheme accepts. */
const acceptedError = 0.005;

/** One warning that names them all, a line each, and what the original would have done with the temperature of Mars. */
export function warnOfDefects(settings: Settings, params: LegacyParams): void {
  const named = defects
    .filter(({ applies }) => applies(params, settings))
    .map(({ name, what }) => `${name}: ${what}`);
  settings.warn(
    [
      'numerics.solver = legacy reproduces defects of the original that published runs contain:',
      ...named,
    ].join('\n    '),
  );
  const { kind } = params.temperature;
  if (kind === 'constant' || kind === 'linear') {
    settings.warn(
      `T_M follows the ${kind} law that is configured; the original replaced it by a cooling slab unless a table was given (Z4): for its runs set radiation.mars_temperature_driver.mode=slab`,
    );
  }
  const { massError = 0 } = params.stops;
  if (massError >= acceptedError) {
    settings.warn(
      `numerics.mass_budget_stop = ${massError} cannot end the run: steps with a mass error above ${acceptedError} are not accepted (Z12); give less, or watch the column mass_closure`,
    );
  }
  const asked = params.step === 'auto' ? 0 : params.stops.end / params.step;
  if (asked > mostSteps) {
    settings.warn(
      `numerics.dt_init = ${params.step}: the original makes at most ${mostSteps} steps, so dt becomes ${legacyDisk(params).dt} s`,
    );
  }
}
