import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';

/** What the last step saw: K, m, and <Q_pr> and beta at s_min_effective and <Q_pr> at the blow-out size. */
export const lastNames = ['T_M', 'a_blow', 'Q_pr', 'Q_pr_blow', 'beta'] as const;

/** Sums of steps, s: in the phases of grains and bulk, and with the sinks as `sink_selected` names them. */
export const timeNames = [
  'vapor',
  'solid_dominated',
  'mixed',
  'liquid_dominated',
  'hydro_escape',
  'no_sink',
] as const;

/** Of these the least and the greatest of all steps. */
export const rangeNames = [
  'supply_visibility',
  'supply_temperature_scale',
  'supply_feedback_scale',
  'blowout_gate_factor',
  't_solid',
] as const;

const times = lastNames.length;
const ranges = times + timeNames.length;
const size = ranges + 2 * rangeNames.length;

/** The course of a run that has not begun. */
export function startCourse(): Float64Array {
  const course = new Float64Array(size).fill(Number.NaN, 0, times);
  for (let i = ranges; i < size; i += 2) {
    course[i] = Number.POSITIVE_INFINITY;
    course[i + 1] = Number.NEGATIVE_INFINITY;
  }
  return course;
}

/** Adds a step to `state.course`; a state of a program that did not keep it has none. */
export function followCourse(state: LegacyState, frame: Frame, dt: number): void {
  const { course } = state;
  if (course.length === 0) return;
  course[0] = frame.T;
  course[1] = frame.blowoutSize;
  course[2] = frame.Qmean;
  course[3] = frame.Qblow;
  course[4] = frame.beta;
  if (frame.state === 1) course[times] += dt;
  course[times + 1 + frame.bulk] += dt;
  if (!frame.blow) course[times + (frame.escapes ? 4 : 5)] += dt;
  widen(course, 0, frame.nominal > 0 ? frame.applied / frame.nominal : 0);
  widen(course, 1, frame.temperatureScale);
  widen(course, 2, state.feedback);
  widen(course, 3, frame.gateFactor);
  widen(course, 4, frame.solidTime);
}

function widen(course: Float64Array, which: number, value: number): void {
  const at = ranges + 2 * which;
  if (value < course[at]) course[at] = value;
  if (value > course[at + 1]) course[at + 1] = value;
}

/** A number of the last step; NaN where it is not known. */
export function lastOf({ course }: LegacyState, name: (typeof lastNames)[number]): number {
  return course[lastNames.indexOf(name)] ?? Number.NaN;
}

/** A sum of steps, s; NaN where it is not known. */
export function timeIn({ course }: LegacyState, name: (typeof timeNames)[number]): number {
  return course[times + timeNames.indexOf(name)] ?? Number.NaN;
}

/** Least and greatest of all steps; NaN where they are not known. */
export function rangeSeen({ course }: LegacyState, name: (typeof rangeNames)[number]): [number, number] {
  const at = ranges + 2 * rangeNames.indexOf(name);
  return [course[at] ?? Number.NaN, course[at + 1] ?? Number.NaN];
}
