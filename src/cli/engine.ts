import type { RunLayout } from '../store/layout.js';
import { workerEngine } from '../worker/engine.js';
import { lookInto } from './found.js';

/**
 * A run that goes on under an engine whose mathematics differ in a last bit is not the run that one engine alone would have computed. Which
 * engines have computed in the end is known to the books, and the summary says it.
 */
export function warnOfAnotherEngine(layout: RunLayout, warn: (message: string) => void): void {
  const before = lookInto(layout).runConfig?.provenance;
  const here = workerEngine();
  if (before?.engine === undefined || before.engine === here) return;
  warn(
    `warning: this run was begun by Node ${before.node}, whose mathematics differ from those of this ${process.version} ` +
      `(engine ${before.engine}, here ${here}): what follows may differ in last bits from the uninterrupted run, and its summary will say so. ` +
      'Use that Node for the same bits.',
  );
}
