import { z } from 'zod';
import { durationPattern } from '../durations.js';

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const settings = z.record(z.string(), z.unknown());
const where = z.record(z.string(), z.union([scalar, z.array(scalar).min(1)]));
const spacing = z.tuple([z.number(), z.number(), z.number().int().min(2).max(100_000)]);

const axis = z.union([
  z.array(scalar).min(1),
  z.strictObject({ linspace: spacing }),
  z.strictObject({ logspace: spacing }),
  z.strictObject({ csv: z.string().min(1), column: z.string().min(1).optional() }),
]);

const hook = z.union([
  z.string().min(1),
  z.strictObject({
    command: z.string().min(1),
    timeout: z.union([z.number().positive(), z.string().regex(durationPattern)]).default('10 min'),
    attempts: z.number().int().min(1).default(3),
    strict: z.boolean().default(false),
  }),
]);

const extraCase = z.looseObject({ title: z.string().min(1).optional(), set: settings.optional() });

/** What a sweep file may contain. Descriptions are what editors, the reference page and refusals show. */
export const sweepSchema = z.strictObject({
  base: z
    .string()
    .min(1)
    .optional()
    .describe('the run configuration that all cases share; a path, relative to the sweep file'),
  overrides: settings.optional().describe('keys of run configurations and their values, for all cases'),
  axes: z
    .record(z.string(), axis)
    .optional()
    .describe(
      'axes by name (T, eps, tau, i0, mu, or any configuration key); each a list of values, {linspace: [from, to, count]}, {logspace: [from, to, count]} or {csv: FILE, column: NAME}. All combinations are computed, the last axis changes fastest',
    ),
  zip: z
    .union([z.literal(true), z.array(z.array(z.string()).min(2)).min(1)])
    .optional()
    .describe(
      'axes that advance together instead of being combined: true for all of them, or lists of names, e.g. [[T, tau]]',
    ),
  list: z
    .string()
    .min(1)
    .optional()
    .describe(
      'a file of further cases: lines T EPS TAU [I0 [MU]] as in the original, or CSV with a header of axis names',
    ),
  cases: z
    .array(extraCase)
    .optional()
    .describe(
      'further cases, each a map of axis names and values; `set` holds values that its title does not name, `title` names it',
    ),
  per_case: z
    .array(z.strictObject({ where, set: settings }))
    .optional()
    .describe('values for some cases: {where: {AXIS: value or list}, set: {KEY: value}}'),
  exclude: z
    .array(where)
    .optional()
    .describe('combinations that are left out: a list of {AXIS: value or list}'),
  tag: z
    .string()
    .min(1)
    .optional()
    .describe("name of the sweep, the folder above its batches; the file's name if absent"),
  root: z
    .string()
    .min(1)
    .optional()
    .describe('the folder above the tag, relative to the current folder; `out` if absent'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('a whole number from 0 to 2147483647 that the seeds of all cases derive from; 0 if absent'),
  jobs: z
    .number()
    .int()
    .min(1)
    .nullable()
    .optional()
    .describe(
      'how many cases are computed at a time at the most, a whole number >= 1; as many as cores and memory allow if absent',
    ),
  hooks: z
    .strictObject({ after_case: hook.optional(), after_batch: hook.optional() })
    .optional()
    .describe(
      'after_case, after_batch: a command for the shell, or {command, timeout: "10 min", attempts: 3, strict: false}',
    ),
});

export type WrittenSweep = z.infer<typeof sweepSchema>;
export type WrittenAxis = z.infer<typeof axis>;
export type WrittenHook = z.infer<typeof hook>;
export type Where = z.infer<typeof where>;

/** JSON Schema (draft 2020-12) for editors. */
export function sweepJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(sweepSchema, { io: 'input' }), title: 'marsdisk sweep' };
}
