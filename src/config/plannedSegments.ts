import type { Stretch } from '../sim/model.js';
import type { SegmentLimits } from './runSpec.js';

/**
 * How many segments a run will have: in each stretch of time the limit that cuts most often decides, but no segment is shorter than a step.
 * @param secondsPerStep of computing on this machine
 * @param joinFor a segment with less compute goes on to the next multiple of the interval, s
 */
export function plannedSegments(
  pace: readonly Stretch[],
  limits: SegmentLimits,
  secondsPerStep: number,
  joinFor = 0,
): number {
  const { interval, maxSteps, maxCompute } = limits;
  let count = 0;
  let from = 0;
  for (const { until, steps } of pace) {
    const joined = joinFor > 0 ? (steps * secondsPerStep) / joinFor : Number.POSITIVE_INFINITY;
    const byInterval = Math.min((until - from) / interval, joined);
    const bySteps = steps / (maxSteps ?? Number.POSITIVE_INFINITY);
    const byCompute = (steps * secondsPerStep) / maxCompute;
    count += Math.min(Math.max(byInterval, bySteps, byCompute), steps);
    from = until;
  }
  return Math.max(Math.ceil(count - 1e-9), 1);
}
