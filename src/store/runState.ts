import fs from 'node:fs';
import { readJson } from './documents.js';
import type { RunLayout } from './layout.js';

/** Whether segments have left parts in the folder of a run. */
export function hasParts(layout: RunLayout): boolean {
  return fs.existsSync(layout.parts) && fs.readdirSync(layout.parts).some((name) => name.endsWith('.part'));
}

/** summary.json as it stands; null when the run has not finished. @throws DamagedData when it is not JSON */
export function readSummary(layout: RunLayout): Record<string, unknown> | null {
  return readJson(layout.summary) as Record<string, unknown> | null;
}
