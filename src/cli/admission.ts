import type { RunSpec } from '../config/runSpec.js';
import { PhysicsError } from '../sim/model.js';
import { modelNamed } from '../sim/models.js';
import { CommandError, exitCode } from './exit.js';

/** Node, the SDKs of Temporal, Arrow and Parquet, and the figure: measured peak of a small run, bytes. */
const machinery = 400 * 2 ** 20;

/**
 * Turns a run away before anything starts, when its model refuses the parameters or when it would not fit into execution.memory_limit.
 * @throws CommandError (exit code 2) naming the value and the cure
 */
export function admit(spec: RunSpec): void {
  const model = modelNamed(spec.model);
  const params = model.params.parse(spec.params);
  const needed = machinery + model.workingBytes(params);
  if (needed > spec.memoryLimit) {
    throw new CommandError(
      `the run would need about ${mebibytes(needed)}, more than execution.memory_limit = ${mebibytes(spec.memoryLimit)}.\n` +
        'Lower sizes.n_bins, or raise execution.memory_limit.',
      exitCode.usage,
    );
  }
  try {
    model.initial(params);
  } catch (error) {
    if (error instanceof PhysicsError) throw new CommandError(error.message, exitCode.usage);
    throw error;
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
