/** `marsdisk archive RUN|BATCH`, `archive verify`, `archive restore`. Needs no server; runs of the original program are welcome. */
import fs from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { archiveAsked, archivePlace } from '../config/archive.js';
import type { Archive } from '../config/runSpec.js';
import { formatBytes } from '../report/format.js';
import { archiveFolder, type Outcome } from '../store/archive/archiveFolder.js';
import { storeAt } from '../store/archive/objectStore.js';
import { manifestToRestore, type Restored, restoreArchive } from '../store/archive/restore.js';
import { archivesAt, type Inspection, inspectArchive } from '../store/archive/verifyArchive.js';
import { batchLayout, isBatch } from '../store/batch/batchLayout.js';
import { readDefinition } from '../store/batch/definition.js';
import { readJson } from '../store/documents.js';
import { layoutOf } from '../store/layout.js';
import { ArchiveView } from './archiveView.js';
import { CommandError, exitCode } from './exit.js';

interface Options {
  readonly json: boolean;
  readonly quiet: boolean;
}

interface ArchiveOptions extends Options {
  readonly archiveDir?: string;
  readonly verifyLevel?: string;
  readonly keepLocal?: string;
}

async function archive(name: string, options: ArchiveOptions): Promise<void> {
  const folder = path.resolve(name);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(`${folder} is no folder: give the folder of a run or of a batch`, exitCode.usage);
  }
  const batch = isBatch(folder);
  const view = new ArchiveView(options.quiet);
  const outcomes = await archiveFolder({
    folder,
    archiveOf: (at) => settingsFor(at, options),
    events: view.events(),
  });
  view.done();
  for (const { archived } of outcomes) for (const warning of archived?.warnings ?? []) view.warn(warning);
  if (options.json) printJson({ archives: outcomes.map(asJson) });
  else print(outcomes.flatMap((outcome) => asLines(outcome, batch)));
  failFor(outcomes, batch);
}

interface Configured {
  readonly configuration?: { readonly io?: { readonly archive?: Record<string, unknown> } };
}

/** The own configuration of a run, or the common one of a batch, says how it is archived; the command line overrules it. */
function settingsFor(folder: string, { archiveDir, verifyLevel, keepLocal }: ArchiveOptions): Archive {
  const config = (
    isBatch(folder) ? readDefinition(batchLayout(folder))?.first : readJson(layoutOf(folder).runConfig)
  ) as Configured | null | undefined;
  const found = archiveAsked(config?.configuration?.io?.archive, {
    dir: archiveDir,
    verify_level: verifyLevel,
    keep_local: keepLocal,
  });
  if (found !== null) return found;
  throw new CommandError(
    `where to? give --archive-dir D, or io.archive.dir in the configuration`,
    exitCode.usage,
  );
}

function asJson({ error, archived, ...about }: Outcome) {
  return {
    ...about,
    ...archived,
    error: error === null ? null : { name: error.name, message: error.message },
  };
}

/** A run that could not be archived is the command's own failure. */
function asLines({ title, kind, archived, error }: Outcome, batch: boolean): string[] {
  if (!batch && archived === null) return [];
  const what = kind === 'batch' ? `${title} (files of the batch)` : title;
  if (archived === null) return [`${what}: NOT archived: ${error!.message}`];
  const { place, files, bytes, copied, removed } = archived;
  const news = copied === 0 ? 'nothing new' : `${copied} copied`;
  const gone = removed === 0 ? '' : `; ${removed} removed here`;
  return [`${what}: ${files} files, ${formatBytes(bytes)} in ${place} (${news}${gone})`];
}

function failFor(outcomes: readonly Outcome[], batch: boolean): void {
  const failed = outcomes.filter(({ error }) => error !== null);
  if (failed.length === 0) return;
  const usage = failed.find(({ error }) => error instanceof CommandError);
  if (usage !== undefined) throw usage.error!;
  const damaged = failed.some(({ error }) => error!.name === 'DamagedData');
  if (batch) {
    throw new CommandError(
      `${failed.length} of ${outcomes.length} archives are missing; the same command tries those again`,
      damaged ? exitCode.damaged : exitCode.incomplete,
    );
  }
  const { error } = failed[0]!;
  const refused = error!.name === 'ArchiveRefused' ? exitCode.usage : exitCode.failed;
  throw new CommandError(`not archived: ${error!.message}`, damaged ? exitCode.damaged : refused);
}

async function verify(name: string, options: Options): Promise<void> {
  const stores = await archivesIn(name);
  const places = stores.map(({ place }) => place);
  const view = new ArchiveView(options.quiet);
  const found: Inspection[] = [];
  for (const store of stores) {
    const others = places.filter((place) => place !== store.place && place.startsWith(`${store.place}/`));
    found.push(await inspectArchive(store, others, view.events().onVerified));
  }
  view.done();
  if (options.json) printJson({ archives: found });
  else print(found.flatMap(inspectionLines));
  const damaged = found.filter(({ damage }) => damage.length > 0);
  if (damaged.length === 0) return;
  throw new CommandError(`${damaged.length} of ${found.length} archives are damaged`, exitCode.damaged);
}

async function archivesIn(name: string) {
  const place = archivePlace(name);
  const stores = await archivesAt(place);
  if (stores.length > 0) return stores;
  throw new CommandError(`${place} holds no archive (no archive_manifest.json)`, exitCode.usage);
}

function inspectionLines({ place, files, bytes, damage, unexpected, hashed }: Inspection): string[] {
  const how = hashed ? 'every byte as recorded' : 'sizes as recorded; the original program wrote no hashes';
  const head = `${damage.length === 0 ? 'ok ' : 'BAD'} ${place}: ${files} files, ${formatBytes(bytes)}`;
  return [
    damage.length === 0 ? `${head}, ${how}` : head,
    ...damage.map(({ path: file, problem }) => `      ${file} ${problem}`),
    ...unexpected.map((file) => `      ${file} does not belong to the archive`),
  ];
}

interface RestoreOptions extends Options {
  readonly to?: string;
}

async function restore(name: string, { to, ...options }: RestoreOptions): Promise<void> {
  const stores = await archivesIn(name);
  const view = new ArchiveView(options.quiet);
  const top = archivePlace(name);
  const restored: Restored[] = [];
  for (const store of stores) {
    const manifest = await manifestToRestore(await storeAt(store.place));
    const target = to === undefined ? manifest.root : path.join(to, store.place.slice(top.length + 1));
    restored.push(await restoreArchive(store, manifest, target, view.events().onCopied));
  }
  view.done();
  if (options.json) printJson({ restored });
  else
    print(
      restored.map(
        ({ folder, files, copied }) =>
          `${folder}: ${files} files, ${copied} brought back, each with its recorded hash`,
      ),
    );
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

function printJson(value: object): void {
  print([JSON.stringify({ schema: 1, ...value }, null, 2)]);
}

const levels = ['standard', 'standard_plus', 'strict'];
const kept = ['none', 'metadata', 'all'];

function reporting(command: Command): Command {
  return command.option('--json', 'machine-readable', false).option('-q, --quiet', 'no progress', false);
}

export function archiveCommand(): Command {
  // Subcommands take over the first setting when they are made. An option behind their name is theirs.
  const command = reporting(new Command('marsdisk archive').exitOverride().enablePositionalOptions())
    .usage('[options] <RUN|BATCH>  |  verify <DIR>  |  restore <DIR>')
    .description(
      'Copies a finished run, or a batch case by case, into an archive with the SHA-256 of every file, and verifies the copy. Needs no server. Type it again after a failure: it goes on.',
    )
    .argument('<RUN|BATCH>', 'folder of a run or of a sweep')
    .option('--archive-dir <D>', 'folder that exists, or s3://bucket/prefix (default: io.archive.dir)')
    .addOption(new Option('--verify-level <LEVEL>', 'how much is read back').choices(levels))
    .addOption(
      new Option('--keep-local <WHAT>', 'what stays here (default: io.archive.keep_local, else all)').choices(
        kept,
      ),
    )
    .action(archive);
  const verb = (name: string) => reporting(command.command(name));
  verb('verify')
    .description(
      'Reads every byte of an archive, or of those below a folder; ends with 5 when one is not whole.',
    )
    .argument('<DIR>', 'folder of the archive of a run or batch, or s3://bucket/prefix')
    .action(verify);
  verb('restore')
    .description('Brings files back, each with its recorded hash; overwrites nothing.')
    .argument('<DIR>', 'as for verify')
    .option('--to <FOLDER>', 'default: where they came from')
    .action(restore);
  command.addHelpText(
    'after',
    `
Examples:
  marsdisk archive out/quickstart --archive-dir /mnt/archive
  marsdisk archive out/temp_supply/20260101-120000__abc__seed7 --archive-dir s3://disks/2026
  marsdisk archive verify /mnt/archive/quickstart
  marsdisk archive restore /mnt/archive/quickstart --to out/again`,
  );
  return command;
}
