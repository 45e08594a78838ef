import { z } from 'zod';
import { marsParams } from '../mars/params.js';
import { supplyParams } from '../mars/supply/params.js';

const positive = z.number().positive();
const share = z.number().min(0);
const of = marsParams.shape;

/** Size drift (`surface`), loss inside the collision step (`smol`), or both (physics.md g). */
const sublimation = z.strictObject({
  law: of.sublimation.unwrap(),
  location: z.enum(['smol', 'surface', 'both']),
  /** Grains do not shrink: those that would pass the blow-out size within a step are blown out (Z6). */
  massConserving: z.boolean(),
});

/** Speeds of the supplied grains, blended into those of the kernel by mass (physics.md f). */
const velocity = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), e: z.number().min(0).lt(1), i: share }),
    z.strictObject({ kind: z.literal('factor'), factor: share }),
  ]),
  blend: z.enum(['rms', 'linear']),
  weight: z.enum(['delta_sigma', 'sigma_ratio']),
});

const supply = z.strictObject({
  /** As in the resolved model, but epsilon cancels where the rate is found at the start (Z2). */
  ...supplyParams.shape,
  velocity: velocity.optional(),
});

const phase = z.strictObject({
  /** Temperature compared with the thresholds: T_M, or that of a grain with `absorption`. */
  input: z.enum(['mars_surface', 'particle']),
  /** K */
  condense: positive,
  vaporize: positive,
  /** bar; 0: pressure has no influence. */
  referencePressure: share,
  /** Pa */
  pressure: share,
  /** null: optical depth has no influence. */
  referenceTau: positive.nullable(),
  /** Sublimation goes on from molten grains. */
  sublimesAsMelt: z.boolean(),
});

/** Phi over tau in the line of sight; `exponential` is the original's own table. */
const phi = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exponential') }),
  z.strictObject({
    kind: z.literal('table'),
    depths: z.array(share).min(1),
    values: z.array(z.number()).min(1),
  }),
]);

const shielding = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('psitau'), phi }),
  z.strictObject({
    mode: z.literal('fixed_tau1'),
    phi,
    tau: share,
    /** Recorded as surface density at tau = 1, kg m-2; auto: that of the start; auto_max: with the margin on top. */
    surfaceDensity: z.union([positive, z.literal('auto'), z.literal('auto_max')]),
    margin: share,
  }),
]);

const blowout = z.strictObject({
  enabled: z.boolean(),
  chi: of.blowout.shape.chi,
  anyPhase: of.blowout.shape.anyPhase,
  /** None from this optical depth on. */
  tauMax: positive.optional(),
  /** What the accounts hold against t_blow (physics.md k16). */
  gate: z.enum(['sublimation_competition', 'collision_competition']).optional(),
  /** The recorded rate of steps above 3 t_blow is corrected. */
  correctsFast: z.literal(true).optional(),
});

/** Surface-energy floor of the start (physics.md e). */
const surfaceEnergy = z.strictObject({
  /** Slope of the grains' dN/ds, between 3 and 4. */
  alpha: z.number(),
  /** J/m2 */
  gamma: positive,
  eta: positive,
  /** m; null: s_max. */
  collider: positive.nullable(),
  largestFragment: positive,
});

/**
 * Everything that decides a row of the original's fixed-step scheme, resolved and in SI units. Parts that both models share are those of
 * `marsParams`.
 */
export const legacyParams = z.strictObject({
  radius: of.radius,
  area: of.area,
  eccentricity: of.eccentricity,
  inclination: of.inclination,
  relativeVelocity: of.relativeVelocity,
  scaleHeight: of.scaleHeight,
  /** Orbits of the kernel follow the optical depth, e = sqrt(f_wake tau/0.75): f_wake. */
  wake: z.number().min(1).optional(),
  density: of.density,
  sizes: of.sizes,
  initial: of.initial,
  tau0: of.tau0,
  initialDensity: of.initialDensity,
  lineOfSight: of.lineOfSight,
  strength: of.strength,
  efficiency: of.efficiency,
  temperature: of.temperature,
  /** A law of cooling is sampled this far apart [s] and interpolated linearly, as the original's generated tables (Y4). */
  temperatureSampling: positive,
  /** Absorption efficiency in the temperature T_p of a grain. */
  absorption: positive,
  collisions: z.strictObject({
    enabled: z.boolean(),
    /** Slope of the fragments' dM/ds (Z8). */
    fragmentSlope: z.number(),
  }),
  floor: z.enum(['none', 'fixed', 'evolve_smin']),
  surfaceEnergy: surfaceEnergy.optional(),
  blowout,
  sublimation: sublimation.nullable(),
  /** Density of gas that drags grains, kg m-3. */
  gasDrag: positive.optional(),
  escape: z
    .strictObject({ strength: positive, exponent: z.number(), reference: positive, leastFraction: share })
    .optional(),
  phase: phase.optional(),
  shielding: shielding.optional(),
  supply: supply.nullable(),
  /** Held at their values of the start. */
  frozen: z.strictObject({ sigma: z.boolean(), opacity: z.boolean() }).optional(),
  stops: z.strictObject({
    /** s */
    end: positive,
    blowoutBelowGrid: z.boolean(),
    /** Of all grains. */
    tau: positive.nullable(),
    tauTolerance: share,
    /** Mars masses per second. */
    lossRate: positive.nullable(),
    massError: of.stops.shape.massError,
    /** s */
    minDuration: share,
  }),
  energy: of.energy,
  /** Length of a step asked for, s. */
  step: z.union([positive, z.literal('auto')]),
  output: z.strictObject({
    /** Every k-th step has a row; the last one has one too. */
    seriesStride: z.number().int().positive(),
    sizeHistoryStride: z.number().int().positive().nullable(),
    orbits: z.boolean(),
  }),
});

export type LegacyParams = z.infer<typeof legacyParams>;
