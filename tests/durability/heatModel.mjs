/**
 * A model whose state does not fit into the history: heat on a ring of a million cells, 8 MB. Explicit steps with a random kick from a
 * generator whose state is part of the state, so that nothing can be recomputed from elsewhere.
 */

import { packState, unpackState } from '../../dist/src/sim/container.js';
import { registerModel } from '../../dist/src/sim/models.js';
import { z } from '../../node_modules/zod/index.js';

const name = 'heat-ring';
const column = (columnName, unit) => ({ name: columnName, type: 'float64', unit, meaning: columnName });

const heatRing = {
  name,
  schema: 1,
  params: z.object({ cells: z.number(), end: z.number() }),
  tables: () => [
    {
      name: 'run',
      file: 'series/run.parquet',
      columns: [column('time', 's'), column('total', 'J'), column('hottest', 'K')],
      footer: {},
    },
  ],
  initial: ({ cells }) => ({
    time: 0,
    seed: 12345,
    heat: Float64Array.from({ length: cells }, (_, i) => Math.sqrt(i % 97)),
  }),
  advance(state, { end }, boundary, stop, sink) {
    let { time, seed } = state;
    let heat = state.heat;
    while (time < end && time < boundary) {
      const next = new Float64Array(heat.length);
      const last = heat.length - 1;
      for (let i = 0; i <= last; i++) {
        const left = heat[i === 0 ? last : i - 1];
        const right = heat[i === last ? 0 : i + 1];
        next[i] = heat[i] + 0.25 * (left - 2 * heat[i] + right);
      }
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      next[seed % heat.length] += 1;
      heat = next;
      time += 1;
      let total = 0;
      let hottest = 0;
      for (const value of heat) {
        total += value;
        if (value > hottest) hottest = value;
      }
      sink.write(0, Float64Array.of(time, total, hottest));
      if (stop()) break;
    }
    return { time, seed, heat };
  },
  encode: ({ time, seed, heat }) => packState(name, { schema: 1, scalars: [time, seed], arrays: [heat] }),
  decode(bytes) {
    const { scalars, arrays } = unpackState(name, 1, bytes);
    return { time: scalars[0], seed: scalars[1], heat: arrays[0] };
  },
  fields: ({ time, seed, heat }) => ({ scalars: { time, seed }, arrays: { heat } }),
  fromFields: ({ scalars, arrays }) => ({ ...scalars, ...arrays }),
  readable: ({ time }) => ({ time }),
  status: ({ time }, { end }) => ({
    time,
    end,
    steps: time,
    done: time >= end,
    stopReason: time >= end ? 't_end' : null,
    figures: [],
    notes: [],
  }),
  summary: ({ time }) => ({ time }),
  conserved: () => [],
  estimate: ({ cells, end }) => ({ steps: end, rows: end, stateBytes: 8 * cells }),
  workingBytes: ({ cells }) => 16 * cells,
};

registerModel(heatRing);
