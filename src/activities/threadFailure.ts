import { ApplicationFailure } from '@temporalio/activity';
import { isDiskFull } from '../store/room.js';

/** The SDK takes the name of the class, which does not survive the way out of a thread; what must not be tried again goes by its name. */
export function underItsName(error: unknown): never {
  if (isDiskFull(error)) throw error; // waited out around every activity
  throw ApplicationFailure.fromError(error, error instanceof Error ? { type: error.name } : {});
}
