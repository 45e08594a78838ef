import { PhysicsError, StateError } from '../sim/model.js';
import { DamagedData } from '../store/error.js';

/** Names an error that must cross from a thread to the activity: structured clone keeps name and message, not the class. */
export class SegmentFailure extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }

  static from(error: unknown): Error {
    if (error instanceof PhysicsError) return new SegmentFailure('PhysicsError', error.message);
    if (error instanceof StateError) return new SegmentFailure('StateError', error.message);
    if (error instanceof DamagedData) return new SegmentFailure('DamagedData', error.message);
    return error instanceof Error ? error : new Error(String(error));
  }
}
