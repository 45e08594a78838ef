import { z } from 'zod';

const positive = z.number().positive();
const share = z.number().min(0);

const constant = z.strictObject({ kind: z.literal('constant'), value: share });

/** coefficient ((t - start) + 1e-12 s)^exponent, zero before `start` [s]; the coefficient belongs to times in seconds. */
const powerlaw = z.strictObject({
  kind: z.literal('powerlaw'),
  coefficient: share,
  start: z.number(),
  exponent: z.number(),
});

/** Linear between nodes, ends held. Times in s, ascending. */
const table = z.strictObject({
  kind: z.literal('table'),
  times: z.array(z.number()).min(2),
  rates: z.array(share).min(2),
});

/** Laws of the supply rate in time, kg m-2 s-1. All but `orbit` and `filling` are already mixed (epsilon applied). */
const rate = z.discriminatedUnion('kind', [
  constant,
  /** The mu_orbit10pct rule, resolved at the start. */
  z.strictObject({
    kind: z.literal('orbit'),
    mu: share,
    orbitFraction: share,
    referenceTau: positive,
    epsilon: share,
  }),
  /** Fills the ring from nothing to tau = 1 (without line-of-sight factor) in `time` [s]. */
  z.strictObject({ kind: z.literal('filling'), time: positive, epsilon: share }),
  powerlaw,
  table,
  /** The first piece with from <= t < to holds; zero where there is none. */
  z.strictObject({
    kind: z.literal('piecewise'),
    pieces: z
      .array(
        z.strictObject({
          from: z.number(),
          to: z.number(),
          rate: z.discriminatedUnion('kind', [constant, powerlaw, table]),
        }),
      )
      .min(1),
  }),
]);

const injection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('min_bin'), minSize: positive.nullable() }),
  z.strictObject({
    kind: z.literal('powerlaw_bins'),
    slope: z.number(),
    minSize: positive.nullable(),
    maxSize: positive.nullable(),
  }),
  z.strictObject({ kind: z.literal('initial_psd') }),
]);

/** Coupling to T_M [K]: clip(atReference (T_M/reference)^exponent, floor, cap), or a table of that factor or of the rate itself. */
const temperature = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('power'),
    reference: positive,
    exponent: z.number(),
    atReference: share,
    floor: share,
    cap: positive,
  }),
  z.strictObject({
    kind: z.literal('table'),
    /** A rate takes the place of the law of time, kg m-2 s-1; a scale multiplies it and is clipped. */
    of: z.enum(['scale', 'rate']),
    temperatures: z.array(positive).min(2),
    values: z.array(share).min(2),
    floor: share,
    cap: positive,
  }),
]);

/** Supply of fresh grains. */
export const supplyParams = z.strictObject({
  rate,
  injection,
  /** Mass that there is to supply, kg, and the share of it below which the rate falls with what is left (0: full rate to the end). */
  reservoir: z.strictObject({ mass: positive, taper: z.number().min(0).max(1) }).optional(),
  /** d ln(scale)/dt = gain/responseTime (target - tau)/target, held at the limits of the scale; tau in the line of sight, all grains. */
  feedback: z
    .strictObject({
      target: positive,
      gain: z.number(),
      /** s */
      responseTime: positive,
      min: positive,
      max: positive,
      initial: positive,
    })
    .optional(),
  temperature: temperature.optional(),
  /** The supply enters a deep buffer, which drains to the surface in this time [s]. */
  mixingTime: positive.optional(),
});

export type Supply = z.infer<typeof supplyParams>;
