import { readJson } from './documents.js';
import { namesIn } from './folders.js';
import type { RunLayout } from './layout.js';
import { isOfSharedSegment } from './parts.js';

/** Whether segments have left parts in the folder of a run. */
export function hasParts(layout: RunLayout): boolean {
  return partNames(layout).length > 0;
}

/**
 * Whether there are parts that the run itself has computed. A beginning that cases share writes parts before the run is there; what of it no
 * run has taken over costs less to compute again than to account for.
 */
export function hasOwnParts(layout: RunLayout): boolean {
  return partNames(layout).some((name) => !isOfSharedSegment(name));
}

function partNames(layout: RunLayout): string[] {
  return namesIn(layout.parts).filter((name) => name.endsWith('.part'));
}

/** summary.json as it stands; null when the run has not finished. @throws DamagedData when it is not JSON */
export function readSummary(layout: RunLayout): Record<string, unknown> | null {
  return readJson(layout.summary) as Record<string, unknown> | null;
}
