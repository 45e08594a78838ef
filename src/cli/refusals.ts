/** When a command must not touch what it finds, and what the user can do then. */
import { type Difference, differences } from '../config/identity.js';
import type { RunSpec } from '../config/runSpec.js';
import type { RunLayout } from '../store/layout.js';
import { CommandError, exitCode } from './exit.js';
import type { Found } from './found.js';

export function refuseAnotherIdentity(found: Found, spec: RunSpec, layout: RunLayout): void {
  if (found.runConfig === null || found.runConfig.identity === spec.identity) return;
  const list = differences(found.runConfig.configuration, spec.configuration);
  throw new CommandError(
    `${layout.outdir} holds another run (identity ${found.runConfig.identity.slice(0, 12)}, this one is ${spec.identity.slice(0, 12)}):\n` +
      `${differenceLines(list)}\n` +
      'Choose another folder with --outdir, or begin again here with --restart (the old attempt is moved aside).',
    exitCode.usage,
  );
}

/** What tells two runs apart, a line each. */
export function differenceLines(list: readonly Difference[]): string {
  const lines = list.map(({ key, before, after }) => `  ${key}: ${show(before)} there, ${show(after)} here`);
  return lines.length > 0 ? lines.join('\n') : '  the contents of an input table';
}

function show(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}

/**
 * The server does not know the run: beginning at zero over its data would lose it silently.
 * @param goOn how to go on from the newest checkpoint, or that there is none
 */
export function refuseLostHistory(layout: RunLayout, goOn: string): never {
  throw new CommandError(
    `${layout.outdir} holds data of a run that the server does not know: its data has been deleted, or this is another server.\n` +
      `Point the command at the server that ran it (MARSDISK_HOME or TEMPORAL_ADDRESS), or begin again with --restart (the old attempt is moved aside).\n${goOn}`,
    exitCode.damaged,
  );
}

export function missingSummary(layout: RunLayout): CommandError {
  return new CommandError(
    `the server says that this run is complete, but ${layout.summary} is missing.\n` +
      'If a worker on another machine has computed it, its folder must be this one (mount it on both); otherwise restore the file from a ' +
      'copy, or compute the run again with --restart.',
    exitCode.damaged,
  );
}
