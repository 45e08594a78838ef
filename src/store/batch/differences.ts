/** What tells the definition of a batch from the sweep that somebody wants now, in words. */
import { differences } from '../../config/identity.js';
import type { RunSpec } from '../../config/runSpec.js';
import type { SweepSpec } from '../../config/sweep/sweepSpec.js';
import { withChanges } from './changes.js';
import type { BatchDefinition } from './definition.js';

/** More lines of a kind than that are counted only. */
const most = 10;

function bounded(lines: readonly string[], what: string): string[] {
  return lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most), `and ${lines.length - most} more cases ${what}`];
}

function changedKeys(before: RunSpec, after: RunSpec): string {
  const keys = differences(before.configuration, after.configuration).map(
    ({ key, before: old, after: now }) =>
      `${key}: ${JSON.stringify(old)} there, ${JSON.stringify(now)} wanted`,
  );
  // Tables and built-in coefficients belong to the identity too, but stand in no key.
  return keys.length === 0 ? 'the content of a table, or a constant of the program' : keys.join('; ');
}

/** Cases that are in both and compute something else, those with the same difference together. */
function changed(definition: BatchDefinition, sweep: SweepSpec): string[] {
  const there = new Map(definition.cases.map((one) => [one.title, one]));
  const titles = new Map<string, string[]>();
  for (const { title, spec } of sweep.cases) {
    const old = there.get(title);
    if (old === undefined || old.identity === spec.identity) continue;
    const how = changedKeys(withChanges(definition.first, old.changes), spec);
    titles.set(how, [...(titles.get(how) ?? []), title]);
  }
  return [...titles].map(([how, [first, ...others]]) => {
    const who = others.length === 0 ? `${first} differs` : `${first} and ${others.length} more cases differ`;
    return `${who}: ${how}`;
  });
}

/** @returns a line for each difference; none when both compute the same cases in the same order */
export function differencesOf(definition: BatchDefinition, sweep: SweepSpec): string[] {
  if (definition.identity === sweep.identity) return [];
  const wanted = new Set(sweep.cases.map(({ title }) => title));
  const there = new Set(definition.cases.map(({ title }) => title));
  const added = [...wanted].filter((title) => !there.has(title)).map((title) => `${title} is not in it`);
  const removed = [...there].filter((title) => !wanted.has(title)).map((title) => `${title} is only in it`);
  const lines = [
    ...bounded(added, 'are not in it'),
    ...bounded(removed, 'are only in it'),
    ...bounded(changed(definition, sweep), 'differ'),
  ];
  return lines.length > 0 ? lines : ['the same cases stand in another order'];
}
