/** How many cases of a sweep are computed at a time. */
import { availableParallelism, totalmem } from 'node:os';
import type { RunSpec } from '../config/runSpec.js';
import { formatBytes } from '../report/format.js';
import { sampleOf } from '../report/sweepPlan.js';
import { CommandError, exitCode } from './exit.js';
import { machinery, memoryNeeded } from './plan.js';

/** Of the machine's memory; the rest is for the server, the system and whatever else runs. */
const share = 0.7;

/** Cases whose memory is looked at: they differ little. */
const looked = 40;

export interface Jobs {
  /** Cases at a time. */
  readonly jobs: number;
  /** Compute threads of this process: one per case, as many as cores. */
  readonly threads: number;
}

/**
 * @param wanted by the user, or null
 * @throws CommandError (exit code 2) when a case does not fit, or the wanted number does not
 */
export function jobsFor(specs: readonly RunSpec[], wanted: number | null): Jobs {
  const cores = availableParallelism();
  const [hungriest, needed] = mostMemory(specs);
  if (needed > hungriest.memoryLimit) {
    throw new CommandError(
      `${hungriest.title} would need about ${formatBytes(needed)} of memory, more than execution.memory_limit = ${formatBytes(hungriest.memoryLimit)}.\n` +
        'Lower sizes.n_bins or io.streaming.*, or raise execution.memory_limit.',
      exitCode.usage,
    );
  }
  const perCase = Math.max(needed - machinery, 1);
  const fit = Math.floor((share * totalmem() - machinery) / perCase);
  if (fit < Math.min(wanted ?? 1, cores)) {
    throw new CommandError(
      `${wanted ?? 1} cases at a time would need about ${formatBytes(machinery + (wanted ?? 1) * perCase)} of memory; ` +
        `${formatBytes(share * totalmem())} of this machine are for them.\n` +
        `What you can do: ${fit > 0 ? `-j ${fit}` : 'a machine with more memory, or lower sizes.n_bins'}.`,
      exitCode.usage,
    );
  }
  const jobs = wanted ?? Math.min(cores, fit);
  return { jobs, threads: Math.min(jobs, cores) };
}

function mostMemory(specs: readonly RunSpec[]): [RunSpec, number] {
  const needs = sampleOf(specs, looked).map((spec): [RunSpec, number] => [spec, memoryNeeded(spec)]);
  return needs.reduce((most, one) => (one[1] > most[1] ? one : most));
}
