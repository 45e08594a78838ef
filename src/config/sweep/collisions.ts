import { Problems } from '../problems.js';
import type { Entry } from '../source/entry.js';
import { axisNamed, keyOfAxis, ownOfSweeps } from './axisNames.js';
import type { Expanded } from './expand.js';
import type { SweepFile } from './sweepFile.js';

/**
 * Refuses values for all cases that some case would hide: of the sweep file where an axis varies them, of the command line and the
 * environment where any case has one of its own.
 * @throws ConfigurationError with all of them
 */
export function refuseHidden(
  own: readonly Entry[],
  typed: readonly Entry[],
  { points, axes }: Expanded,
  { sweep }: SweepFile,
): void {
  const problems = new Problems();
  const varied = new Set(Object.keys(sweep.axes ?? {}).map((axis) => keyOfAxis(axisNamed(axis)!)));
  const set = new Set([
    ...axes.map(keyOfAxis),
    ...points.flatMap((point) => point.set.map(({ name }) => name)),
  ]);
  for (const { name, place } of [...own, ...typed]) {
    if (varied.has(name)) {
      problems.add(name, `${name} is varied by an axis of this sweep; change the axis instead`, place);
    } else if (place.typed !== undefined && set.has(name)) {
      problems.add(
        name,
        `some cases of this sweep have a value of their own for ${name}; change it there`,
        place,
      );
    } else if (ownOfSweeps.has(name)) {
      problems.add(name, `${name}: ${ownOfSweeps.get(name)}`, place);
    }
  }
  problems.check();
}
