/** `marsdisk config check` of a sweep file: every case is resolved and validated, nothing is started. */
import { loadSweep } from '../config/sweep/load.js';

/** @returns what standard output shows */
export async function checkSweep(
  file: string,
  overrides: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<string> {
  const { tag, identity, cases, duplicates, warnings } = await loadSweep({
    file,
    overrides,
    environment: process.env,
  });
  if (json) return JSON.stringify({ tag, identity, cases: cases.length, duplicates, warnings }, null, 2);
  const remarks = [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...duplicates.map(({ title, times }) => `${title} is asked for ${times} times; it is computed once`),
  ];
  return [
    `${tag}: valid, ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}, identity ${identity}`,
    ...remarks,
  ].join('\n');
}
