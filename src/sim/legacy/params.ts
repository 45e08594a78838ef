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
  /** T_M, or the temperature of a grain with this absorption efficiency. */
  absorption: positive.nullable(),
  /** K */
  condense: positive,
  vaporize: positive,
  /** Pa; 0: pressure does not count. */
  referencePressure: share,
  gasPressure: share,
  referenceTau: positive,
  /** Sublimation goes on from molten grains. */
  liquidSublimation: z.boolean(),
});

/** Phi over tau, ascending. */
const shielding = z.strictObject({
  taus: z.array(share).min(1),
  values: z.array(z.number()).min(1),
  /** Phi acts at the start too: only with a table of the user's own (Y2). */
  atStart: z.boolean(),
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
  density: of.density,
  sizes: of.sizes,
  initial: of.initial,
  tau0: of.tau0,
  lineOfSight: of.lineOfSight,
  strength: of.strength,
  efficiency: of.efficiency,
  temperature: of.temperature,
  /** A law of cooling is sampled this far apart [s] and interpolated linearly, as the original's generated tables (Y4). */
  temperatureSampling: positive,
  collisions: z.strictObject({
    enabled: z.boolean(),
    /** Slope of the fragments' dM/ds (Z8). */
    fragmentSlope: z.number(),
  }),
  floor: z.enum(['none', 'fixed', 'evolve_smin']),
  blowout: z.strictObject({ enabled: z.boolean(), chi: of.blowout.shape.chi }),
  sublimation: sublimation.nullable(),
  phase: phase.optional(),
  shielding: shielding.optional(),
  supply: supply.nullable(),
  stops: z.strictObject({
    /** s */
    end: positive,
    blowoutBelowGrid: z.boolean(),
    /** Of all grains. */
    tau: positive.nullable(),
    tauTolerance: share,
    /** Mars masses per second. */
    lossRate: positive.nullable(),
    /** s */
    minDuration: share,
  }),
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
