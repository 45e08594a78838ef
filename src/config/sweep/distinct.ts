import { canonicalJson } from '../identity.js';
import { Problems } from '../problems.js';
import type { Expanded } from './expand.js';
import { type Point, pointKey } from './points.js';
import { folded, safeName } from './safeName.js';
import type { DuplicateCase } from './sweepSpec.js';
import { titling } from './titles.js';

export interface TitledPoint extends Point {
  readonly title: string;
}

export function titled({ points, axes }: Expanded): TitledPoint[] {
  const titleOf = titling(axes);
  return points.map((point) => ({
    ...point,
    title: point.title === null ? titleOf(point.values) : safeName(point.title),
  }));
}

const settingsOf = (point: Point) => canonicalJson(point.set.map(({ name, value }) => [name, value]));

/**
 * Cases with equal values are one and counted; cases that differ but would share a folder are refused, also where only capitals tell
 * their names apart.
 * @throws ConfigurationError
 */
export function distinct(points: readonly TitledPoint[]): {
  points: TitledPoint[];
  duplicates: DuplicateCase[];
} {
  const problems = new Problems();
  const distinctOnes = new Map<string, TitledPoint>();
  const byTitle = new Map<string, TitledPoint>();
  const times = new Map<TitledPoint, number>();
  for (const point of points) {
    const values = pointKey(point.values);
    const key = `${values} ${settingsOf(point)}`;
    const same = distinctOnes.get(key);
    const neighbour = byTitle.get(folded(point.title));
    if (same !== undefined) times.set(same, (times.get(same) ?? 1) + 1);
    else if (neighbour === undefined) {
      distinctOnes.set(key, point);
      byTitle.set(folded(point.title), point);
    } else {
      const message =
        pointKey(neighbour.values) === values
          ? `the case ${point.title} is asked for twice with different values below set or per_case; give one of them a title`
          : `the cases ${neighbour.title} and ${point.title} would share a folder; give one of them a title`;
      problems.add(`case ${point.title} ${key}`, message, point.place);
    }
  }
  problems.check();
  return {
    points: [...distinctOnes.values()],
    duplicates: [...times].map(([{ title }, count]) => ({ title, times: count })),
  };
}
