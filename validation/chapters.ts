import type { Chapter } from './section.js';
import { bins } from './sections/bins.js';
import { cascades } from './sections/cascades.js';
import { exact } from './sections/exact.js';
import { massBudget } from './sections/massBudget.js';
import { orbitsAndCooling } from './sections/orbitsAndCooling.js';
import { radiation } from './sections/radiation.js';
import { sizeOrder } from './sections/sizeOrder.js';
import { solvers } from './sections/solvers.js';
import { strength } from './sections/strength.js';
import { sublimation } from './sections/sublimation.js';
import { timeOrder } from './sections/timeOrder.js';
import { wave } from './sections/wave.js';

/** docs/validation.md from top to bottom. */
export const chapters: readonly Chapter[] = [
  { id: 'radiation', quick: true, compute: radiation },
  { id: 'cooling', quick: true, compute: orbitsAndCooling },
  { id: 'sublimation', quick: true, compute: sublimation },
  { id: 'collisions', quick: true, compute: strength },
  { id: 'cascades', quick: true, compute: cascades },
  { id: 'wave', quick: true, compute: wave },
  { id: 'exact', quick: true, compute: exact },
  { id: 'time', quick: true, compute: timeOrder },
  { id: 'size', quick: true, compute: sizeOrder },
  { id: 'bins', quick: false, compute: bins },
  { id: 'solvers', quick: true, compute: solvers },
  { id: 'budget', quick: true, compute: massBudget },
];
