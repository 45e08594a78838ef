import { stateCodec } from '../stateCodec.js';
import { type LegacyState, legacyStops } from './state.js';

export const legacyName = 'mars-legacy';

/** 2: energy, begun. */
export const legacySchema = 2;

/** Numbers and arrays of the first version. */
const firstScalars = [
  'steps',
  'stop',
  'sigma',
  'deep',
  'smallest',
  'effective',
  'floor',
  'opacity',
  'blown',
  'sunk',
  'sublimed',
  'escaped',
  'feedback',
  'reservoir',
  'emptiedAt',
  'movedIn',
  'movedOut',
  'covered',
  'elapsed',
  'orbitTime',
  'orbitBlown',
  'orbitSunk',
  'orbits',
  'lastTau1',
  'largestError',
  'solidTime',
  'blowoutTime',
  'rows',
  'samples',
  'sampleStride',
] as const;
const firstArrays = ['sizes', 'number', 'extrema', 'sampled'] as const;

export const legacyCodec = stateCodec<LegacyState>({
  model: legacyName,
  schema: legacySchema,
  scalars: (schema) => (schema >= 2 ? [...firstScalars, 'begun'] : firstScalars),
  arrays: (schema) => (schema >= 2 ? [...firstArrays, 'energy'] : firstArrays),
  migrated(fields, schema) {
    if (schema >= 2) return fields;
    const { scalars, arrays } = fields;
    return {
      scalars: { ...scalars, begun: scalars.steps > 0 ? 1 : 0 },
      arrays: { ...arrays, energy: new Float64Array(0) },
    };
  },
  stops: legacyStops,
});
