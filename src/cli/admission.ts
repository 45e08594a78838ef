import type { RunSpec } from '../config/runSpec.js';
import { formatBytes } from '../report/format.js';
import { PhysicsError } from '../sim/model.js';
import { modelOf } from '../sim/models.js';
import { CommandError, exitCode } from './exit.js';
import { leastMemory, memoryNeeded } from './plan.js';

/**
 * Turns a run away before anything starts, when its model refuses the parameters or when it would not fit into execution.memory_limit.
 * @throws CommandError (exit code 2) naming the value and the cure
 */
export function admit(spec: RunSpec): void {
  refuseAbove(spec, leastMemory(spec)); // before anything of that size is made
  const { model, params } = modelOf(spec);
  try {
    model.initial(params);
  } catch (error) {
    if (error instanceof PhysicsError) throw new CommandError(error.message, exitCode.usage);
    throw error;
  }
  refuseAbove(spec, memoryNeeded(spec));
}

function refuseAbove(spec: RunSpec, needed: number): void {
  if (needed <= spec.memoryLimit) return;
  const keys = [
    'lower sizes.n_bins',
    ...(spec.streaming.flushRows === null
      ? []
      : ['lower io.streaming.step_flush_interval or io.streaming.memory_limit_gb']),
    ...(spec.figures ? ['set io.figures to false'] : []),
    'raise execution.memory_limit',
  ];
  throw new CommandError(
    `the run would need about ${formatBytes(needed)} of memory, more than execution.memory_limit = ${formatBytes(spec.memoryLimit)}.\n` +
      `What you can do: ${keys.join('; ')}.`,
    exitCode.usage,
  );
}
