import { CheckpointRefused } from '../store/checkpoints/refusal.js';
import { CommandError, exitCode } from './exit.js';

/**
 * Turns a refused checkpoint into the end of the command: damaged data and a wrong file are told apart by the exit code.
 * @param details added to the reason
 */
export function explained<T>(work: () => T, details: (refused: CheckpointRefused) => string = () => ''): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CheckpointRefused)) throw error;
    const damaged = error.kind === 'truncated' || error.kind === 'changed';
    throw new CommandError(
      `${error.file} ${error.reason}${details(error)}\n${error.cure}`,
      damaged ? exitCode.damaged : exitCode.usage,
    );
  }
}
