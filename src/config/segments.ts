import type { SegmentLimits } from './runSpec.js';
import type { Settings } from './settings.js';

const intervalKey = 'numerics.checkpoint.interval_years';

/** No segment is shorter than a step, and steps become longer than this within the first hour of a run. s */
const shortestInterval = 1;

/** Where the segments of a run end. */
export function segmentLimits(settings: Settings): SegmentLimits {
  const interval = settings.seconds(intervalKey, 'yr')!;
  if (!(interval >= shortestInterval)) {
    settings.refuseValue(
      intervalKey,
      `must be at least ${shortestInterval} s; a plain number counts in years, "30 d" in days`,
    );
  }
  return {
    interval,
    maxSteps: settings.maybeNumber('execution.segment_max_steps'),
    maxCompute: settings.seconds('execution.segment_max_compute', 's')!,
    runSteps: settings.number('numerics.max_steps'),
    minCompute: settings.seconds('execution.segment_min_compute', 's'),
  };
}
