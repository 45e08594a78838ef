import { marsDisk } from '../../../src/sim/mars/model.js';
import { generateCases } from './cases.js';
import { known } from './known.js';
import type { Suite } from './matrix.js';

/** The Mars disk in 1,008 cases. */
export const marsSuite: Suite = {
  model: marsDisk,
  file: 'tests/sim/splitMatrix1',
  parts: 16,
  cases: (seed) => generateCases(seed, 252),
  known,
  atLeast: { cases: 1000, cut: 570, survived: 36, ends: 3 },
};
