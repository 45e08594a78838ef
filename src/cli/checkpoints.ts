/** `marsdisk checkpoints list|show|verify|cleanup`: looks after the checkpoint files of a run. Needs no server. */
import fs from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { formatBytes, formatNumber, formatTime } from '../report/format.js';
import type { StoredCheckpoint } from '../store/checkpoints/checkpoint.js';
import { readCheckpoint } from '../store/checkpoints/file.js';
import {
  checkpointFiles,
  type Inspected,
  inspect,
  newestCheckpoint,
  removeFiles,
  superfluous,
} from '../store/checkpoints/folder.js';
import { CheckpointRefused } from '../store/checkpoints/refusal.js';
import { restore } from '../store/checkpoints/state.js';
import { type CheckpointPlace, checkpointPlace } from './checkpointPlace.js';
import { CommandError, exitCode } from './exit.js';
import { explained } from './refusedCheckpoint.js';

interface Options {
  readonly json: boolean;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printJson(value: object): void {
  print(JSON.stringify({ schema: 1, ...value }, null, 2));
}

function list(dir: string, { json }: Options): void {
  const { folder } = checkpointPlace(dir);
  const all = checkpointFiles(folder).map(inspect);
  if (json) printJson({ folder, checkpoints: all.map(asJson) });
  else if (all.length === 0) print(`no checkpoints in ${folder}`);
  else for (const one of all) print(asLine(one));
}

function asJson({ file, step, found }: Inspected) {
  if (found instanceof CheckpointRefused) {
    return { file, step, problem: { kind: found.kind, reason: found.reason } };
  }
  const { fields: _, more: __, ...header } = found;
  return { ...header, problem: null };
}

function asLine({ file, step, found }: Inspected): string {
  const start = `${String(step).padStart(9)}  ${path.basename(file)}`;
  if (found instanceof CheckpointRefused) return `${start}  ${found.kind}: ${found.reason}`;
  return `${start}  ${formatTime(found.time)}  ${formatBytes(found.bytes)}  run ${found.identity.slice(0, 12)}`;
}

function show(name: string, { json }: Options): void {
  const isFolder = fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const place = checkpointPlace(isFolder ? name : path.dirname(name));
  const found = isFolder ? newestOf(place) : explained(() => readCheckpoint(path.resolve(name)));
  const { fields, more, ...header } = found;
  const arrays = Object.fromEntries(Object.entries(fields.arrays).map(([key, array]) => [key, array.length]));
  const figures = figuresOf(place, found);
  if (json) {
    printJson({ ...header, scalars: fields.scalars, arrays, figures, more });
    return;
  }
  const rows = Object.entries(found.rows).map(([table, count]) => `${table} ${count}`);
  const lines = [
    ['File', found.file],
    ['Format', `${found.format}, ${formatBytes(found.bytes)}`],
    ['Model', `${found.model.name}, state format ${found.model.schema}`],
    ['Run', found.identity],
    ['State', found.stateHash],
    ['Step', String(found.step)],
    ['Model time', `${formatTime(found.time)} (${found.time} s)`],
    ['Rows so far', rows.join(', ')],
    ...Object.entries(fields.scalars).map(([key, value]) => [`  ${key}`, String(value)]),
    ...Object.entries(arrays).map(([key, length]) => [`  ${key}`, `${length} numbers`]),
    ...figures.map(({ name, unit, value }) => [name, `${formatNumber(value)} ${unit}`.trimEnd()]),
  ];
  for (const [label, value] of lines) print(`${label!.padEnd(20)}${value}`);
}

function newestOf({ folder }: CheckpointPlace): StoredCheckpoint {
  const { newest, skipped } = newestCheckpoint(folder);
  for (const refused of skipped) process.stderr.write(`skipped ${refused.file}: ${refused.reason}\n`);
  if (newest === null) throw new CommandError(`${folder} holds no whole checkpoint`, exitCode.usage);
  return newest;
}

/** What the run would show at this point; nothing when its parameters are not known. */
function figuresOf({ run }: CheckpointPlace, found: StoredCheckpoint) {
  if (run === null || run.identity !== found.identity) return [];
  return run.model.status(restore(run, found).state, run.params).figures;
}

function verify(dir: string, { json }: Options): void {
  const place = checkpointPlace(dir);
  const all = checkpointFiles(place.folder).map((file) => deeply(place, inspect(file)));
  const damaged = all.filter(({ found }) => found instanceof CheckpointRefused);
  if (json) printJson({ folder: place.folder, checkpoints: all.map(asJson), damaged: damaged.length });
  else
    for (const one of all) print(`${one.found instanceof CheckpointRefused ? 'BAD' : 'ok '} ${asLine(one)}`);
  if (damaged.length === 0) {
    process.stderr.write(`${all.length} checkpoints verified in ${place.folder}\n`);
    return;
  }
  throw new CommandError(
    `${damaged.length} of ${all.length} checkpoints in ${place.folder} cannot be used`,
    exitCode.damaged,
  );
}

/** Where the run is known, its model has a word, too. */
function deeply({ run }: CheckpointPlace, one: Inspected): Inspected {
  if (run === null || one.found instanceof CheckpointRefused) return one;
  try {
    restore(run, one.found);
    return one;
  } catch (error) {
    if (!(error instanceof CheckpointRefused)) throw error;
    return { ...one, found: error };
  }
}

interface CleanupOptions extends Options {
  readonly keep: number;
  readonly dryRun: boolean;
}

function cleanup(dir: string, { keep, dryRun, json }: CleanupOptions): void {
  const place = checkpointPlace(dir);
  const identity = place.run?.identity ?? newestCheckpoint(place.folder).newest?.identity;
  const files = identity === undefined ? [] : superfluous(place.folder, identity, keep);
  if (!dryRun) removeFiles(place.folder, files);
  if (json) printJson({ folder: place.folder, keep, dryRun, [dryRun ? 'superfluous' : 'removed']: files });
  else for (const file of files) print(file);
  const what = dryRun ? 'would be removed' : 'removed';
  process.stderr.write(`${files.length} checkpoints ${what} from ${place.folder}\n`);
}

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('give a whole number from 1 on.');
  return value;
}

function verb(parent: Command, name: string, summary: string, argument = '<DIR>'): Command {
  return parent
    .command(name)
    .description(summary)
    .argument(argument, 'output folder of a run, or the folder of its checkpoints')
    .option('--json', 'machine-readable', false);
}

export function checkpointsCommand(): Command {
  // Subcommands take over this setting when they are made, so it comes first.
  const checkpoints = new Command('marsdisk checkpoints')
    .exitOverride()
    .description('Looks after the checkpoint files of a run; needs no server.');
  verb(checkpoints, 'list', 'Lists them, the newest first, each with what is wrong with it.').action(list);
  verb(
    checkpoints,
    'show',
    'Shows the header and the figures of one: FILE, or the newest whole one of DIR.',
    '<FILE|DIR>',
  ).action(show);
  verb(checkpoints, 'verify', 'Reads every byte; ends with 5 when one cannot be used.').action(verify);
  verb(checkpoints, 'cleanup', 'Removes all but the newest whole ones; those of other runs stay.')
    .requiredOption('--keep <N>', 'how many stay', atLeastOne)
    .option('--dry-run', 'only say what would be removed', false)
    .action(cleanup);
  checkpoints.addHelpText(
    'after',
    `
Examples:
  marsdisk checkpoints list out/quickstart
  marsdisk checkpoints show out/quickstart --json
  marsdisk checkpoints verify out/quickstart
  marsdisk checkpoints cleanup out/quickstart --keep 1 --dry-run`,
  );
  return checkpoints;
}
