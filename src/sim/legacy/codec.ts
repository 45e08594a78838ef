import { stateCodec } from '../stateCodec.js';
import { type LegacyState, legacyStops } from './state.js';

export const legacyName = 'mars-legacy';

/** 2: energy, begun. 3: course. */
export const legacySchema = 3;

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
/** What the second version has more, and what the third. */
const laterArrays = ['energy', 'course'] as const;

const missingIn = (schema: number) => laterArrays.slice(schema - 1);

export const legacyCodec = stateCodec<LegacyState>({
  model: legacyName,
  schema: legacySchema,
  scalars: (schema) => (schema >= 2 ? [...firstScalars, 'begun'] : firstScalars),
  arrays: (schema) => [...firstArrays, ...laterArrays.slice(0, schema - 1)],
  migrated({ scalars, arrays }, schema) {
    const empty = missingIn(schema).map((name) => [name, new Float64Array(0)]);
    return {
      scalars: schema >= 2 ? scalars : { ...scalars, begun: scalars.steps > 0 ? 1 : 0 },
      arrays: { ...arrays, ...Object.fromEntries(empty) },
    };
  },
  stops: legacyStops,
});
