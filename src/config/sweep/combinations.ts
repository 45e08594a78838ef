import { axisValues } from './axisValues.js';
import { type Axis, type AxisGroup, meets, type Point, product, productSize } from './points.js';
import type { Reading } from './reading.js';

/** More cases than that are a slip, not a sweep. */
const mostCases = 100_000;

/** The axes of the file with their values. */
export function axesOf(reading: Reading): Axis[] {
  const { file, problems } = reading;
  const axes: Axis[] = [];
  for (const [written, how] of Object.entries(file.sweep.axes ?? {})) {
    const path = ['axes', written];
    const name = reading.axis(written, path);
    if (name === null) continue;
    if (axes.some((other) => other.name === name)) {
      reading.refuse(path, `axes.${written}: ${name} is an axis already`);
      continue;
    }
    const values = axisValues(name, how, file.file, problems, file.placeOf(path));
    if (reading.finite(name, values, path)) axes.push({ name, values });
  }
  return axes;
}

/**
 * All combinations of the axes but those that are excluded.
 * @throws ConfigurationError when the axes are wrong: their combinations would only hide what is wrong with them
 */
export function* combinations(reading: Reading, axes: readonly Axis[]): Generator<Point> {
  const { file, problems, warnings } = reading;
  const groups = groupsOf(reading, axes);
  const size = productSize(groups);
  if (size > mostCases) {
    const sizes = groups.map((group) => group[0]!.values.length).join(' x ');
    const message = `the axes have ${sizes} = ${size} combinations, at most ${mostCases} cases are allowed; make several sweeps`;
    reading.refuse(['axes'], message);
  }
  problems.check();
  const place = file.placeOf(['axes']);
  const conditions = (file.sweep.exclude ?? []).map((where, i) => reading.condition(where, ['exclude', i]));
  const hits = conditions.map(() => 0);
  for (const values of product(groups)) {
    const by = conditions.findIndex((condition) => meets(values, condition));
    if (by >= 0) hits[by]! += 1;
    else yield { values, title: null, set: [], place };
  }
  for (const [i, hit] of hits.entries()) {
    if (hit === 0) warnings.push(`exclude ${i + 1} leaves out no case that is not left out already`);
  }
}

/** Axes that are combined, and groups of those that advance together, at the place of their first one. */
function groupsOf(reading: Reading, axes: readonly Axis[]): AxisGroup[] {
  const { zip } = reading.file.sweep;
  if (zip === undefined) return axes.map((axis) => [axis]);
  const named = zip === true ? [axes.map(({ name }) => name)] : zippedNames(reading, axes, zip);
  const namesOf = (axis: Axis) => named.find((group) => group.includes(axis.name)) ?? [axis.name];
  const groups = [...new Set(axes.map(namesOf))].map((names) =>
    names.flatMap((name) => axes.filter((axis) => axis.name === name)),
  );
  for (const group of groups) {
    if (new Set(group.map(({ values }) => values.length)).size === 1) continue;
    const counts = group.map(({ name, values }) => `${name} has ${values.length} values`).join(', ');
    reading.refuse(['zip'], `zip: ${counts}; they must have the same number`);
  }
  return groups;
}

function zippedNames(
  reading: Reading,
  axes: readonly Axis[],
  zip: readonly (readonly string[])[],
): string[][] {
  const met = new Set<string>();
  return zip.map((group, i) =>
    group.flatMap((written, k) => {
      const name = reading.axis(written, ['zip', i, k]);
      if (name === null) return [];
      const known = axes.some((axis) => axis.name === name);
      if (met.has(name)) reading.refuse(['zip', i, k], `zip: ${written} stands there twice`);
      else if (!known) reading.refuse(['zip', i, k], `zip: ${written} is not among the axes`);
      met.add(name);
      return [name];
    }),
  );
}
