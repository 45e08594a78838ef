import { keyNamed } from '../keys/index.js';
import { keyOfAxis } from './axisNames.js';
import { comparableValue, pointKey } from './points.js';
import { refuse, type SweepFile } from './sweepFile.js';
import type { SweepCase } from './sweepSpec.js';

/**
 * Refuses an axis of physics that changes nothing: wherever two cases differ in it alone, they compute the same run. (In the original the
 * whole axis EPS was like that, and nobody was told.)
 */
export function refuseWithoutEffect(
  cases: readonly SweepCase[],
  axes: readonly string[],
  file: SweepFile,
): void {
  for (const axis of axes) {
    const key = keyOfAxis(axis);
    if (!keyNamed.get(key)!.becomes.startsWith('params')) continue;
    const { compared, different } = neighbours(cases, axis);
    if (!compared || different) continue;
    const name = axis === key ? axis : `${axis} (${key})`;
    refuse(
      `the axis ${name} has no effect: cases that differ in it alone compute the same run. Another setting of the base switches it off or replaces it`,
      file.placeOf(['axes', axis]),
    );
  }
}

/** Whether there are cases that differ in this axis alone, and whether two of them compute different runs. */
function neighbours(cases: readonly SweepCase[], axis: string): { compared: boolean; different: boolean } {
  const met = new Map<string, { value: string; identity: string }>();
  let compared = false;
  for (const { values, spec } of cases) {
    if (!(axis in values)) continue;
    const { [axis]: own, ...others } = values;
    const value = comparableValue(axis, own!);
    const place = pointKey(others);
    const before = met.get(place);
    if (before === undefined) met.set(place, { value, identity: spec.identity });
    else if (before.value !== value) {
      compared = true;
      if (before.identity !== spec.identity) return { compared, different: true };
    }
  }
  return { compared, different: false };
}
