/** Which batch a sweep command is about: the newest of its tag, a new one, or the one that is named. */
import path from 'node:path';
import type { SweepSpec } from '../config/sweep/sweepSpec.js';
import { namedTime, newBatch, newestBatch } from '../store/batch/batches.js';
import { type BatchLayout, batchLayout } from '../store/batch/batchLayout.js';
import { readCaseStatus } from '../store/batch/caseStatus.js';
import { type BatchDefinition, readDefinition, renewDefinition } from '../store/batch/definition.js';
import { differencesOf } from '../store/batch/differences.js';
import { readSweepEnd } from '../store/batch/sweepEnd.js';
import { CommandError, exitCode } from './exit.js';
import { commit } from './provenance.js';

export interface Batch {
  readonly layout: BatchLayout;
  readonly definition: BatchDefinition;
}

/** Digits of a commit that tell it from others and leave the name readable. */
const short = 8;

/** The batch of a folder. @throws CommandError (exit code 2) when it holds none */
export function namedBatch(folder: string): Batch {
  const layout = batchLayout(folder);
  const definition = readDefinition(layout);
  if (definition !== null) return { layout, definition };
  throw new CommandError(
    `${layout.folder} holds no batch of this program: ${path.relative(layout.folder, layout.definition)} is missing`,
    exitCode.usage,
  );
}

/**
 * The batch of a sweep: the newest one of its tag unless a new one is asked for.
 * @param fresh `--new`
 * @throws CommandError (exit code 2) when the newest one is not complete and would compute something else
 */
export function batchOf(
  sweep: SweepSpec,
  { fresh, environment }: { readonly fresh: boolean; readonly environment: NodeJS.ProcessEnv },
): Batch {
  const time = timeIn(environment);
  const newest = newestBatch(sweep.root, sweep.tag, time);
  if (newest !== null && !fresh) {
    const there = namedBatch(newest.folder);
    const differences = differencesOf(there.definition, sweep);
    const ended = hasEnded(there);
    if (differences.length === 0) return ended ? there : renewed(there, sweep);
    if (!ended) refuse(there, differences);
  }
  const { layout, made: isNew } = newBatch(sweep, {
    behind: newest,
    commit: commit()?.slice(0, short) ?? null,
    time,
  });
  if (fresh && time !== null && !isNew) {
    throw new CommandError(
      `RUN_TS=${time} names a batch that exists: ${layout.folder}\nLeave RUN_TS or --new out.`,
      exitCode.usage,
    );
  }
  const made = namedBatch(layout.folder);
  const differences = differencesOf(made.definition, sweep);
  if (differences.length > 0) refuse(made, differences); // another command was faster
  return made;
}

function renewed({ layout, definition }: Batch, sweep: SweepSpec): Batch {
  return { layout, definition: renewDefinition(layout, definition, sweep) };
}

function timeIn(environment: NodeJS.ProcessEnv): string | null {
  try {
    return namedTime(environment);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message, exitCode.usage);
    throw error;
  }
}

/** Whether every case is complete, as the sweep has recorded it, and everything is done that follows the last one. */
export function hasEnded({ layout, definition }: Batch): boolean {
  const end = readSweepEnd(layout);
  if (end === null || (end.hookFailure !== null && definition.hooks.afterBatch?.strict)) return false;
  const rows = readCaseStatus(layout) ?? [];
  return rows.length === definition.cases.length && rows.every(({ state }) => state === 'complete');
}

function refuse({ layout }: Batch, differences: readonly string[]): never {
  const folder = path.relative('.', layout.folder) || '.';
  throw new CommandError(
    `the newest batch, ${folder}, is not complete and computes something else:\n` +
      `${differences.map((line) => `  ${line}`).join('\n')}\n` +
      `Go on with it: marsdisk sweep --batch ${folder}\nBegin another one beside it: the same command with --new`,
    exitCode.usage,
  );
}
