import { axesOf, combinations } from './combinations.js';
import { extraCases, listedCases } from './furtherCases.js';
import { meets, type Point } from './points.js';
import { Reading } from './reading.js';
import type { SweepFile } from './sweepFile.js';

export interface Expanded {
  /** In the order in which they were asked for; equal ones stand there as often as they were. */
  readonly points: readonly Point[];
  /** Every axis that some case names, in the order of the file. */
  readonly axes: readonly string[];
  readonly warnings: readonly string[];
}

/** Makes the cases of a sweep file, without looking at the base. @throws ConfigurationError with all that is wrong */
export function expand(file: SweepFile): Expanded {
  const reading = new Reading(file);
  const axes = axesOf(reading);
  const plain = [...combinations(reading, axes), ...listedCases(reading), ...extraCases(reading)];
  const points = withOwnSettings(reading, plain);
  reading.problems.check();
  const names = [axes.map(({ name }) => name), ...points.map(({ values }) => Object.keys(values))];
  return { points, axes: [...new Set(names.flat())], warnings: reading.warnings };
}

/** Adds what `per_case` sets. Later rules win, and a case's own `set` wins over them. */
function withOwnSettings(reading: Reading, points: readonly Point[]): Point[] {
  const rules = (reading.file.sweep.per_case ?? []).map(({ where, set }, i) => ({
    condition: reading.condition(where, ['per_case', i, 'where']),
    set: reading.settings(set, ['per_case', i, 'set']),
  }));
  for (const [i, { condition }] of rules.entries()) {
    if (!points.some(({ values }) => meets(values, condition))) {
      reading.warnings.push(`per_case ${i + 1} applies to no case`);
    }
  }
  if (rules.length === 0) return [...points];
  return points.map((point) => {
    const applying = rules.filter(({ condition }) => meets(point.values, condition));
    return { ...point, set: [...applying.flatMap(({ set }) => set), ...point.set] };
  });
}
