import { z } from 'zod';
import { supplyParams } from './supply/params.js';

const positive = z.number().positive();
const share = z.number().min(0);

/** Planck-mean radiation-pressure efficiency: a constant, or a full rectangle over temperature [K] and size [m]. */
const efficiency = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: positive }),
  z.strictObject({
    kind: z.literal('table'),
    temperatures: z.array(positive).min(2),
    sizes: z.array(positive).min(2),
    /** Row-major: `values[iT * sizes.length + iS]`. */
    values: z.array(z.number()),
    /** Between the nodes: linear, or the bicubic spline, for tables that vary smoothly from node to node. */
    reading: z.enum(['cubic']).optional(),
  }),
]);

/** Temperature of Mars, T_M(t) [K] (physics.md section c). */
const temperature = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: positive }),
  z.strictObject({
    kind: z.literal('slab'),
    start: positive,
    layer: positive,
    density: positive,
    heatCapacity: positive,
  }),
  z.strictObject({ kind: z.literal('linear'), start: positive, layer: positive }),
  z.strictObject({
    kind: z.literal('table'),
    times: z.array(z.number()).min(2),
    temperatures: z.array(positive).min(2),
  }),
]);

const initial = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('upper'), alpha: z.number(), wavy: z.number() }),
  z.strictObject({
    shape: z.literal('melt_lognormal_mixture'),
    fineShare: z.number().min(0).max(1),
    fineSize: positive,
    meterSize: positive,
    widthDex: positive,
    cut: share,
  }),
  z.strictObject({
    shape: z.literal('melt_truncated_powerlaw'),
    alpha: z.number(),
    minSize: positive,
    maxSize: positive,
    cut: share,
  }),
]);

const pressureLine = z.strictObject({ A: z.number(), B: z.number() });

const evaporation = z.strictObject({
  alphaEvap: positive,
  /** Molar mass, kg/mol. */
  molarMass: positive,
  A: z.number(),
  B: z.number(),
  liquid: z.strictObject({ switch: positive, A: z.number(), B: z.number() }).nullable(),
  gasPressure: share,
  /** Stands for the formula: log10 P[Pa] over temperature [K], and what goes on beyond its ends. */
  pressureTable: z
    .strictObject({
      temperatures: z.array(positive).min(2),
      logPressures: z.array(z.number()).min(2),
      cold: pressureLine,
      hot: pressureLine,
    })
    .optional(),
});

/** The mass flux exp((T - reference)/width) kg m-2 s-1. */
const exponentialFlux = z.strictObject({
  kind: z.literal('exponential'),
  reference: positive,
  width: positive,
});

/** Phase of the grains by thresholds (physics.md h). */
const phase = z.strictObject({
  /** Temperature that is compared with the thresholds over that of Mars. */
  temperatureRatio: positive,
  /** K */
  condense: positive,
  vaporize: positive,
  /** Pressure that halves the vapour [bar; 0: none does], and that of the ambient gas [Pa]. */
  referencePressure: share,
  pressure: share,
  /** Line-of-sight optical depth that halves the vapour; null: none does. */
  referenceTau: positive.nullable(),
  sublimesAsMelt: z.boolean(),
});

/** Gas that drags grains away: its density [kg m-3], and the size [m] whose drag time counts; null: each size its own. */
const gasDrag = z.strictObject({ density: positive, size: positive.nullable() });

/** Hydrodynamic escape of vapour: strength (T_M/reference)^exponent max(f_vap, leastFraction), 1/s. */
const vapourEscape = z.strictObject({
  strength: positive,
  exponent: z.number(),
  /** K */
  reference: positive,
  leastFraction: share,
});

const phi = z.discriminatedUnion('kind', [
  /** exp(-tau) */
  z.strictObject({ kind: z.literal('exponential') }),
  z.strictObject({ kind: z.literal('table'), depths: z.array(share).min(2), values: z.array(share).min(2) }),
]);

/** Radiative shielding Phi (physics.md j): of the optical depth there is, or of a fixed one. */
const shielding = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('psitau'), phi }),
  z.strictObject({
    mode: z.literal('fixed_tau1'),
    phi,
    tau: positive,
    /** What is recorded as Sigma at tau = 1: a number [kg m-2], that of the start, or at least the surface density of the start, with a margin. */
    surfaceDensity: z.union([positive, z.literal('auto'), z.literal('auto_max')]),
    margin: share,
  }),
]);

const output = z.strictObject({
  mode: z.enum(['dense', 'land']),
  /** Rows of `run`: every k-th accepted step, a fixed interval [s], k rows per decade of time, or a list of times [s]. */
  every: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('steps'), stride: z.number().int().positive() }),
    z.strictObject({ kind: z.literal('interval'), seconds: positive }),
    z.strictObject({ kind: z.literal('log'), perDecade: z.number().int().positive() }),
    z.strictObject({ kind: z.literal('times'), times: z.array(positive).min(1) }),
  ]),
  /** Size history: every k-th row of `run` (and the last); null switches it off. */
  sizeHistoryStride: z.number().int().positive().nullable(),
  /** Table of diagnostics: every k-th row of `run` (and the last). */
  diagnosticsStride: z.number().int().positive().optional(),
  /** Losses orbit by orbit. */
  orbitRollup: z.literal(true).optional(),
  /** Columns of `run` that repeat others under further names of the original. */
  originalNames: z.literal(true).optional(),
});

/**
 * Everything that decides a row of the Mars disk, resolved and in SI units: what `src/config` makes of a user's file.
 * The identity of a run is the hash of this object, so nothing else belongs here.
 */
export const marsParams = z.strictObject({
  /** Reference radius [m] and area [m2] of the ring. */
  radius: positive,
  area: positive,
  eccentricity: z.number().min(0).lt(1),
  /** rad */
  inclination: z.number().min(0),
  relativeVelocity: z.enum(['pericenter', 'ohtsuki']),
  scaleHeight: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('inclination'), factor: positive }),
    z.strictObject({ kind: z.literal('fixed'), overRadius: positive }),
  ]),
  /** kg m-3 */
  density: positive,
  sizes: z.strictObject({ min: positive, max: positive, bins: z.number().int().min(2) }),
  initial,
  /** Initial line-of-sight optical depth, and the line-of-sight factor f_los >= 1. */
  tau0: positive,
  /** Surface density at the start, kg m-2, where it is not to follow from tau0; that is then its optical depth. */
  initialDensity: positive.optional(),
  lineOfSight: z.number().min(1),
  collisions: z.strictObject({
    enabled: z.boolean(),
    alphaFrag: z.number(),
    remnant: z.enum(['whole', 'finite_volume']),
  }),
  strength: z.strictObject({
    units: z.enum(['ba99_cgs', 'si']),
    /** km/s, ascending; `coefficients[k]` = [Qs, a_s, B, b_g] at `velocities[k]`. */
    velocities: z.array(positive).min(1),
    coefficients: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(1),
    muGrav: z.number(),
  }),
  efficiency,
  blowout: z.strictObject({
    enabled: z.boolean(),
    /** Already resolved number, or `auto` (physics.md section b). */
    chi: z.union([positive, z.literal('auto')]),
    partialBin: z.enum(['log_fraction', 'lower_edge']),
    /** Grains are blown out in every phase but melt. */
    anyPhase: z.literal(true).optional(),
    /** No blow-out from this line-of-sight optical depth on. */
    tauGate: positive.optional(),
  }),
  temperature,
  sublimation: z.union([evaporation, exponentialFlux]).nullable(),
  supply: supplyParams.nullable(),
  phase: phase.optional(),
  gasDrag: gasDrag.optional(),
  escape: vapourEscape.optional(),
  shielding: shielding.optional(),
  stops: z.strictObject({
    /** s */
    end: positive,
    /** End when T_M falls to this value [K]; `end` is then the upper bound. */
    temperature: positive.nullable(),
    /** Time to go on after the temperature stop, s. */
    temperatureMargin: share,
    /** End when the blow-out size falls to the bottom of the grid. */
    blowoutBelowGrid: z.boolean(),
    /** End when tau_bound exceeds this times (1 + tolerance). */
    tau: positive.nullable(),
    tauTolerance: share,
    /** Mars masses per second. */
    lossRate: positive.nullable(),
    /** End when the relative error of the mass budget exceeds this. */
    massError: positive.optional(),
    /** Stops other than `end` and `temperature` act only after this time [s]. */
    minDuration: share,
  }),
  /** Accounts of the energy of collisions: shares of it that stay kinetic. */
  energy: z
    .strictObject({ cratering: z.number().min(0).max(1), fragmentation: z.number().min(0).max(1) })
    .optional(),
  solver: z.strictObject({ rtol: positive, eta: positive }),
  output,
});

export type MarsParams = z.infer<typeof marsParams>;
