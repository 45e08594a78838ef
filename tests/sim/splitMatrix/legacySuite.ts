import { marsLegacy } from '../../../src/sim/legacy/model.js';
import { casesOf } from './cases.js';
import { legacyConfigurations } from './legacyConfigurations.js';
import type { Suite } from './matrix.js';

/** The original's scheme: so many cases that each kind of resume meets each kind of cut in each format. */
export const legacySuite: Suite = {
  model: marsLegacy,
  file: 'tests/sim/splitMatrixLegacy',
  parts: 1,
  cases: (seed) => casesOf(seed, legacyConfigurations(seed, 72)),
  known: () => [],
  atLeast: { cases: 280, cut: 200, survived: 10, ends: 5 },
};
