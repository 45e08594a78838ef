import type { SegmentLimits } from '../config/runSpec.js';
import { PhysicsError, type Status } from '../sim/model.js';
import type { StepGate } from './stepGate.js';

/** @throws PhysicsError when a run that is not done has used up its steps (`numerics.max_steps`) */
export function refuseMoreSteps(most: number, { steps, time, done }: Status): void {
  if (done || steps < most) return;
  throw new PhysicsError(`unresolved: ${most} steps (numerics.max_steps) have reached only t = ${time} s`);
}

/** The limits of a segment and the word from outside, asked between two steps. None of them changes a step. */
export class SegmentEnd {
  reached = false;
  private readonly began = performance.now();

  /** @param steps steps that the segment has behind it already, computed by an earlier attempt */
  constructor(
    private readonly gate: StepGate,
    private readonly limits: SegmentLimits,
    private steps: number,
  ) {}

  /** Whether less than so many seconds were computed. */
  within(seconds: number): boolean {
    return performance.now() - this.began < seconds * 1000;
  }

  /** A stop rule for the next slice of at most so many ms and steps: true at the end of the segment or of the slice. */
  slice(ms: number, maxSteps: number): () => boolean {
    const from = performance.now();
    const lastStep = this.steps + maxSteps;
    const { maxSteps: segmentSteps, maxCompute } = this.limits;
    return () => {
      this.steps += 1;
      this.gate.step(this.steps);
      const now = performance.now();
      this.reached =
        this.gate.stopped ||
        (segmentSteps !== null && this.steps >= segmentSteps) ||
        now - this.began >= maxCompute * 1000;
      return this.reached || this.steps >= lastStep || now - from >= ms;
    };
  }
}
