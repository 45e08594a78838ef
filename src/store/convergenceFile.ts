/** `checks/convergence.json`: how far the numbers of a finished run depend on its resolution. Beside the run, not a part of it. */
import path from 'node:path';
import { DamagedData } from './error.js';
import type { RunLayout } from './layout.js';
import { readSealed, writeSealed } from './sealed.js';

/** What is stored; `result` as `marsdisk converge --json` prints it. */
interface StoredConvergence<T> {
  readonly schema: 1;
  readonly identity: string;
  readonly version: string;
  readonly result: T;
}

const fileOf = (layout: RunLayout) => path.join(layout.checks, 'convergence.json');

/** @param identity of the run that it is about */
export function writeConvergence(
  layout: RunLayout,
  identity: string,
  version: string,
  result: object,
): string {
  const document: StoredConvergence<object> = { schema: 1, identity, version, result };
  writeSealed(fileOf(layout), { ...document });
  return fileOf(layout);
}

/**
 * What is stored about a run; null when nothing is, or when it is about another run that has stood here.
 * @throws DamagedData when the file has been changed
 */
export function readConvergence<T>(layout: RunLayout, identity: unknown): T | null {
  const { value, problem } = readSealed<StoredConvergence<T>>(fileOf(layout));
  if (problem !== null) {
    throw new DamagedData(fileOf(layout), problem, 'Write it again with marsdisk converge --store.');
  }
  return value !== null && value.identity === identity ? value.result : null;
}
