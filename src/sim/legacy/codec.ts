import { stateCodec } from '../stateCodec.js';
import { type LegacyState, legacyStops } from './state.js';

export const legacyName = 'mars-legacy';

export const legacySchema = 1;

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
  arrays: () => ['sizes', 'number', 'extrema', 'sampled'],
  migrated: (fields) => fields,
  stops: legacyStops,
});
