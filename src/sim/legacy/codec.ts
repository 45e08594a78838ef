import { stateCodec } from '../stateCodec.js';
import { type LegacyState, legacyStops } from './state.js';

export const legacyName = 'mars-legacy';

/** 2: energy. */
export const legacySchema = 2;

/** Arrays of the first version. */
const first = ['sizes', 'number', 'extrema', 'sampled'] as const;

export const legacyCodec = stateCodec<LegacyState>({
  model: legacyName,
  schema: legacySchema,
  scalars: [
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
  ],
  arrays: (schema) => (schema >= 2 ? [...first, 'energy'] : first),
  migrated: ({ scalars, arrays }, schema) => ({
    scalars,
    arrays: schema >= 2 ? arrays : { ...arrays, energy: new Float64Array(0) },
  }),
  stops: legacyStops,
});
