import type { RunSpec } from '../config/runSpec.js';
import { formatBytes } from '../report/format.js';
import { PhysicsError } from '../sim/model.js';
import { modelNamed } from '../sim/models.js';
import { CommandError, exitCode } from './exit.js';
import { memoryNeeded } from './plan.js';

/**
 * Turns a run away before anything starts, when its model refuses the parameters or when it would not fit into execution.memory_limit.
 * @throws CommandError (exit code 2) naming the value and the cure
 */
export function admit(spec: RunSpec): void {
  const needed = memoryNeeded(spec);
  if (needed > spec.memoryLimit) {
    throw new CommandError(
      `the run would need about ${formatBytes(needed)} of memory, more than execution.memory_limit = ${formatBytes(spec.memoryLimit)}.\n` +
        `Lower sizes.n_bins${spec.figures ? ', set io.figures: false,' : ''} or raise execution.memory_limit.`,
      exitCode.usage,
    );
  }
  const model = modelNamed(spec.model);
  try {
    model.initial(model.params.parse(spec.params));
  } catch (error) {
    if (error instanceof PhysicsError) throw new CommandError(error.message, exitCode.usage);
    throw error;
  }
}
