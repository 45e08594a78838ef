import { z } from 'zod';
import { packState, unpackState } from '../../src/sim/container.js';
import type { Model } from '../../src/sim/model.js';

/** A walk whose state holds what files like to lose: a sign of zero, a NaN that means "not yet", a random stream. */
export interface Walk {
  readonly steps: number;
  readonly seed: number;
  /** 0 or -0, in turns. */
  readonly sign: number;
  /** Step of the first place beyond 3; NaN before. */
  readonly farAt: number;
  readonly place: Float64Array;
}

type Params = { readonly end: number };

const name = 'signed-walk';

/** A model with nothing of the Mars disk, to show that kit and matrix ask for nothing of it. */
export const signedWalk: Model<Params, Walk> = {
  name,
  schema: 1,
  params: z.strictObject({ end: z.number() }),
  tables: () => [
    {
      name: 'run',
      file: 'series/run.parquet',
      columns: ['time', 'sign', 'x', 'y'].map((column) => ({
        ...{ name: column, type: 'float64' as const, unit: '', meaning: column },
      })),
      footer: {},
    },
  ],
  initial: () => ({ steps: 0, seed: 1, sign: 0, farAt: Number.NaN, place: Float64Array.of(0.1, -0) }),
  advance(state, { end }, boundary, stop, sink) {
    let walk = state;
    while (walk.steps < end && walk.steps < boundary) {
      walk = next(walk);
      sink.write(0, Float64Array.of(walk.steps, walk.sign, ...walk.place));
      if (stop(walk)) break;
    }
    return walk;
  },
  encode: ({ steps, seed, sign, farAt, place }) =>
    packState(name, { schema: 1, scalars: [steps, seed, sign, farAt], arrays: [place] }),
  decode(bytes) {
    const { scalars, arrays } = unpackState(name, 1, bytes);
    const [steps, seed, sign, farAt] = scalars as [number, number, number, number];
    return { steps, seed, sign, farAt, place: arrays[0]! };
  },
  fields: ({ place, ...scalars }) => ({ scalars, arrays: { place } }),
  fromFields: ({ scalars, arrays }) => ({ ...scalars, ...arrays }) as unknown as Walk,
  readable: ({ steps }) => ({ steps }),
  status: ({ steps }, { end }) => ({
    ...{ time: steps, end, steps, done: steps >= end, stopReason: steps >= end ? 't_end' : null },
    ...{ figures: [], notes: [] },
  }),
  summary: ({ farAt }) => ({ farAt: Number.isNaN(farAt) ? null : farAt }),
  conserved: () => [],
  estimate: ({ end }) => ({ steps: end, rows: [end], stateBytes: 100, pace: [{ until: end, steps: end }] }),
  workingBytes: () => 1000,
};

function next({ steps, seed, sign, farAt, place }: Walk): Walk {
  const drawn = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  const [x, y] = place as unknown as [number, number];
  const moved = Float64Array.of(x + drawn / 2 ** 32 - 0.5, -y);
  const isFar = Number.isNaN(farAt) && Math.abs(moved[0]!) > 3;
  return { steps: steps + 1, seed: drawn, sign: -sign, farAt: isFar ? steps + 1 : farAt, place: moved };
}

export const signedWalks: Readonly<Record<string, Params>> = { short: { end: 61 }, long: { end: 400 } };
