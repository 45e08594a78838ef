import { stateCodec } from '../stateCodec.js';
import type { MarsState } from './state.js';
import { stopReasons } from './stops.js';

export const modelName = 'mars-disk';

/** 2: accounts. 3: these know the times of phases and the extremes of the supply; in older states that part is missing. */
export const stateSchema = 3;

export const marsCodec = stateCodec<MarsState>({
  model: modelName,
  schema: stateSchema,
  scalars: () => [
    'time',
    'step',
    'steps',
    'rejected',
    'nextOutput',
    'rows',
    'stop',
    'thickBoundAt',
    'thickAt',
    'largestMassError',
  ],
  arrays: (schema) => (schema >= 2 ? ['y', 'extrema', 'accounts'] : ['y', 'extrema']),
  migrated: ({ scalars, arrays }, schema) => ({
    scalars,
    arrays: schema >= 2 ? arrays : { ...arrays, accounts: new Float64Array(0) },
  }),
  stops: stopReasons,
});
