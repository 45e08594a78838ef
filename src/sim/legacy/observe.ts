import { followCourse } from './course.js';
import type { Frame } from './frame.js';
import { type LegacyState, mostSamples } from './state.js';

/** What the summary says about all steps. Called at the end of each. */
export function observe(state: LegacyState, frame: Frame, dt: number): void {
  widen(state.extrema, 0, frame.T);
  widen(state.extrema, 1, frame.blowoutSize);
  widen(state.extrema, 2, frame.beta);
  if ((state.steps - 1) % state.sampleStride === 0) sample(state, frame);
  state.largestError = Math.max(state.largestError, frame.massError);
  // Sums of steps, as the original adds them up.
  state.elapsed += dt;
  if (frame.state === 0) state.solidTime += dt;
  if (frame.blow) state.blowoutTime += dt;
  followCourse(state, frame, dt);
}

function widen(extrema: Float64Array, which: number, value: number): void {
  if (value < extrema[2 * which]) extrema[2 * which] = value;
  if (value > extrema[2 * which + 1]) extrema[2 * which + 1] = value;
}

function sample(state: LegacyState, frame: Frame): void {
  if (state.samples === mostSamples) {
    thin(state);
    // The place of this step may have gone with the thinning.
    if ((state.steps - 1) % state.sampleStride !== 0) return;
  }
  const at = state.samples++;
  state.sampled[at] = frame.T;
  state.sampled[mostSamples + at] = frame.blowoutSize;
  state.sampled[2 * mostSamples + at] = frame.beta;
}

function thin(state: LegacyState): void {
  const { sampled } = state;
  for (let from = 0; from < sampled.length; from += mostSamples) {
    for (let i = 0; 2 * i < mostSamples; i++) sampled[from + i] = sampled[from + 2 * i];
    sampled.fill(0, from + mostSamples / 2, from + mostSamples);
  }
  state.samples = mostSamples / 2;
  state.sampleStride *= 2;
}

/** Median of the samples taken: of all steps as long as there are few. NaN without any. */
export function sampledMedian(state: LegacyState, which: number): number {
  const values = state.sampled
    .slice(which * mostSamples, which * mostSamples + state.samples)
    .sort((a, b) => a - b);
  const middle = values.length >> 1;
  if (values.length === 0) return Number.NaN;
  return values.length % 2 === 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}
