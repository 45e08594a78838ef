/** The command line. Each command loads what it needs when it is called, so that `--help` answers at once. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../worker/version.js';
import { CommandError, exitCode } from './exit.js';

function program(): Command {
  const marsdisk = new Command('marsdisk')
    .description(
      'Long simulations that cannot be lost: the dust disk inside the Roche limit of Mars, in durable segments.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for examples)')
    .addHelpText(
      'after',
      `
Examples:
  marsdisk run configs/quickstart.yml                          ten years of the Mars disk
  marsdisk run configs/quickstart.yml numerics.t_end_years=1 --outdir out/one-year
  marsdisk status out/quickstart                               how far is it?
  marsdisk config show configs/quickstart.yml                  every value, and where it comes from

Killed, interrupted, power lost? Type the same command: it goes on from its last segment.`,
    );
  addRun(marsdisk);
  addSweep(marsdisk);
  addStatus(marsdisk);
  addControl(marsdisk);
  addBackground(marsdisk);
  addWorker(marsdisk);
  addConfig(marsdisk);
  addCheckpoints(marsdisk);
  addCheck(marsdisk);
  addArchive(marsdisk);
  addSummarize(marsdisk);
  addQuery(marsdisk);
  return marsdisk;
}

function addRun(marsdisk: Command): void {
  marsdisk
    .command('run')
    .summary('start a run, go on with it, or show its result')
    .description(
      'Starts the run of FILE, attaches to it if it is running, goes on after a crash, or shows its result.',
    )
    .argument('[FILE]', 'configuration (YAML)')
    .argument('[KEY=VALUE...]', 'values that override the file, e.g. numerics.rtol=1e-8')
    .option('--config <FILE>', 'the same as FILE')
    .option('--override <KEY=VALUE...>', 'the same as a bare KEY=VALUE (repeatable)')
    .option('--outdir <FOLDER>', 'where results go (default: io.outdir)')
    .option(
      '--resume-from <FILE>',
      'begin at a checkpoint file (where there is a history, it goes on from that)',
    )
    .option('--restart', 'move an old attempt aside and begin again', false)
    .option('--detach', 'start the run in the background and return', false)
    .option('--dry-run', 'say what the run would take, and start nothing', false)
    .option('--json', 'print the summary as JSON', false)
    .option('-q, --quiet', 'no progress', false)
    .addHelpText(
      'after',
      `
Examples:
  marsdisk run configs/quickstart.yml
  marsdisk run disk.yml sizes.n_bins=80 numerics.t_end_years="2 yr" --outdir out/fine
  marsdisk run disk.yml --detach
  marsdisk run disk.yml --dry-run
  marsdisk run disk.yml --restart`,
    )
    .action(async (file: string | undefined, values: string[], options) => {
      const { fileAndOverrides } = await import('./grammar.js');
      const { run } = await import('./run.js');
      const { config, override, ...rest } = options;
      const input = fileAndOverrides(file, values, config, override ?? []);
      await run(input.file, input.overrides, rest);
    });
}

function addSweep(marsdisk: Command): void {
  marsdisk
    .command('sweep')
    .summary('compute many cases, go on with them, or show what came of them')
    .description(
      'Starts the sweep of FILE, attaches to it if it is running, goes on with what is missing, or shows its result.',
    )
    .argument('[FILE]', 'sweep file (YAML), or a case list of the original program')
    .argument('[KEY=VALUE...]', 'values for all cases, e.g. numerics.rtol=1e-8')
    .option('--config <FILE>', 'run configuration that all cases share (default: base in the sweep file)')
    .option('--override <KEY=VALUE...>', 'the same as a bare KEY=VALUE (repeatable)')
    .option('--outdir <FOLDER>', 'folder above <tag>/<batch>/<case> (default: out)')
    .option('--batch <FOLDER>', 'go on with this batch')
    .option('--new', 'begin another batch', false)
    .option('-j, --jobs <N>', 'cases at a time (default: as many as cores and memory allow)', wholeNumber)
    .addOption(
      new Option('--only <KIND>', 'compute only these cases').choices(['missing', 'failed', 'damaged']),
    )
    .option('--retry-failed', 'compute failed cases once more', false)
    .option('--no-share', 'compute each case from its start, also those that begin alike (the same files)')
    .option('--fail-fast', 'the first case that fails ends the others', false)
    .option('--strict', 'exit 1 instead of 3 when a case is not complete', false)
    .option('--detach', 'start the sweep in the background and return', false)
    .option('--dry-run', 'list the cases and what they would take, and start nothing', false)
    .option('--json', 'machine-readable', false)
    .option('-q, --quiet', 'no progress', false)
    .addHelpText(
      'after',
      `
Examples:
  marsdisk sweep configs/sweeps/temp_supply.yml --dry-run
  marsdisk sweep configs/sweeps/temp_supply.yml -j 4
  marsdisk sweep cases.txt --config disk.yml numerics.t_end_years=2
  marsdisk sweep --batch out/temp_supply/20261123-120000__abc1234__seed0 --retry-failed`,
    )
    .action(async (file: string | undefined, values: string[], options) => {
      const { optionalFileAndOverrides } = await import('./grammar.js');
      const { sweep } = await import('./sweep.js');
      const { override, ...rest } = options;
      const input = optionalFileAndOverrides(file, values, override ?? []);
      await sweep(input.file, input.overrides, rest);
    });
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('expected a whole number from 1 on.');
}

function addStatus(marsdisk: Command): void {
  marsdisk
    .command('status')
    .summary('how far the runs are')
    .description(
      'Says how far RUN is: from its files when it is complete, from the server otherwise. Without RUN: all runs of the server.',
    )
    .argument('[RUN]', 'output folder of the run or batch, or the workflow id of a run')
    .option('--json', 'machine-readable', false)
    .addHelpText('after', '\nExamples:\n  marsdisk status\n  marsdisk status out/quickstart --json')
    .action(async (run: string | undefined, options) => {
      const { status } = await import('./status.js');
      await status(run, options);
    });
}

function addControl(marsdisk: Command): void {
  const verbs = [
    [
      'pause',
      'pauseRun',
      'let a run stop at its next step',
      'Ends the running segment at its next step and waits for `resume`.',
    ],
    ['resume', 'resumeRun', 'let a paused run go on', 'Lets a paused run go on.'],
    [
      'checkpoint',
      'checkpointRun',
      'write a checkpoint file now',
      'Ends the running segment at its next step and writes a checkpoint file there; the run goes on.',
    ],
    [
      'cancel',
      'cancelRun',
      'end a run; its command goes on from there',
      'Ends the run at its next step. Nothing is lost: the command that started it goes on from there.',
    ],
  ] as const;
  for (const [verb, act, summary, description] of verbs) {
    marsdisk
      .command(verb)
      .summary(summary)
      .description(description)
      .argument('<RUN>', 'output folder of the run or batch, or the workflow id of a run')
      .addHelpText('after', `\nExample:\n  marsdisk ${verb} out/quickstart`)
      .action(async (run: string) => {
        const control = await import('./control.js');
        await control[act](run);
      });
  }
}

function addBackground(marsdisk: Command): void {
  marsdisk
    .command('up')
    .summary('compute in the background')
    .description(
      'Starts the embedded server and a worker in the background. Unfinished runs of this folder go on at once, new ones are taken up as they come.',
    )
    .addHelpText('after', '\nExample:\n  marsdisk up && marsdisk status')
    .action(async () => {
      const { up } = await import('./up.js');
      await up();
    });
  marsdisk
    .command('down')
    .summary('stop what `up` has started')
    .description(
      'Lets running segments hand over at their next step, stops worker and server, and says what is not finished.',
    )
    .addHelpText('after', '\nExample:\n  marsdisk down')
    .action(async () => {
      const { down } = await import('./up.js');
      await down();
    });
  marsdisk
    .command('background', { hidden: true })
    .argument('<HOME>')
    .action(async (home: string) => {
      const { background } = await import('./background.js');
      await background(home);
    });
}

function addWorker(marsdisk: Command): void {
  marsdisk
    .command('worker')
    .summary('compute segments for runs started elsewhere')
    .description(
      'Polls the configured server (TEMPORAL_ADDRESS or a profile) and computes segments until it is stopped.',
    )
    .action(async () => {
      const { worker } = await import('./worker.js');
      await worker();
    });
}

function addConfig(marsdisk: Command): void {
  const config = marsdisk.command('config').summary('check and show configurations').allowUnknownOption(true);
  config.argument('[ARGS...]').helpOption(false);
  config.action(async (args: string[]) => {
    const { configCommand } = await import('./config.js');
    await configCommand().exitOverride().parseAsync(args, { from: 'user' });
  });
}

function addCheckpoints(marsdisk: Command): void {
  const checkpoints = marsdisk
    .command('checkpoints')
    .summary('list, show, verify and clean up checkpoint files')
    .allowUnknownOption(true);
  checkpoints.argument('[ARGS...]').helpOption(false);
  checkpoints.action(async (args: string[]) => {
    const { checkpointsCommand } = await import('./checkpoints.js');
    await checkpointsCommand().parseAsync(args, { from: 'user' });
  });
}

function addCheck(marsdisk: Command): void {
  marsdisk
    .command('check')
    .summary('what a batch has, what it lacks, and why')
    .description(
      'Holds every file of every case against what was recorded of it; needs no server. Ends with 0 when all is whole, 3 when something is missing, 5 when something is damaged.',
    )
    .argument('<BATCH|RUN>', 'folder of a batch, also of the original program, or of one run')
    .option('--archive-dir <FOLDER>', 'look there for what is not here')
    .option('--require <FILE...>', 'further files that each case must have')
    .option('--csv <FILE>', 'where the table goes (default: checks/sweep_completeness.csv of the batch)')
    .option('--json <FILE>', 'where the numbers go (default: checks/sweep_completeness.json of the batch)')
    .option('--mend', 'first bring back what finished runs have lost, and nothing else', false)
    .option('--strict', 'end with 1 when anything is not as it should be', false)
    .addHelpText(
      'after',
      '\nExamples:\n  marsdisk check out/temp_supply/20260101-120000__abc1234__seed7\n  marsdisk check out/quickstart --strict',
    )
    .action(async (name: string, options) => {
      const { check } = await import('./check.js');
      await check(name, { ...options, require: options.require ?? [] });
    });
}

function addArchive(marsdisk: Command): void {
  const archive = marsdisk
    .command('archive')
    .summary('archive runs and batches, verify and restore archives')
    .allowUnknownOption(true);
  archive.argument('[ARGS...]').helpOption(false);
  archive.action(async (args: string[]) => {
    const { archiveCommand } = await import('./archive.js');
    await archiveCommand().parseAsync(args, { from: 'user' });
  });
}

function addQuery(marsdisk: Command): void {
  marsdisk
    .command('query')
    .summary('ask a batch or a run in SQL')
    .description(
      'Answers one SQL query (DuckDB) over the results and the series of all complete cases; needs no server, changes nothing.',
    )
    .argument('<BATCH|RUN>', 'folder of a batch, also of the original program, or of one run')
    .argument('<SQL>', 'the query')
    .addOption(
      new Option('--format <FORMAT>', 'how rows are printed')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .addHelpText(
      'after',
      `
Views:
  cases         a row for each case: title, axes, state, reason, results (summary.parquet)
  run           series/run.parquet of all complete cases, with title and axes in front
  psd_hist      numbers of grains by bin and time, likewise; bins: the size bins
  mass_budget   checks/mass_budget.csv, likewise
An axis that is called like a column of a series is axis_... there (axis_tau).

Examples:
  marsdisk query BATCH "SHOW TABLES"
  marsdisk query BATCH "SELECT title, T, eps, M_loss, tau_max FROM cases WHERE state = 'complete' ORDER BY M_loss"
  marsdisk query BATCH "SELECT T, avg(M_loss) FROM cases GROUP BY T ORDER BY T"
  marsdisk query BATCH "SELECT title, max(tau) AS peak FROM run GROUP BY title ORDER BY peak DESC LIMIT 5"
  marsdisk query BATCH "SELECT time, tau FROM run WHERE title = 'T4000_eps1p0_tau1p0'" --format csv > tau.csv
  marsdisk query out/quickstart "SUMMARIZE run"`,
    )
    .action(async (name: string, sql: string, options) => {
      const { query } = await import('./query.js');
      await query(name, sql, options);
    });
}

function addSummarize(marsdisk: Command): void {
  marsdisk
    .command('summarize')
    .summary('write summary.parquet of a batch')
    .description(
      'Collects the results of all cases into summary.parquet, a row for each, as a sweep does at its end; needs no server.',
    )
    .argument('<BATCH>', 'folder of a batch, also of the original program')
    .addHelpText('after', '\nExample:\n  marsdisk summarize out/temp_supply/20260101-120000__abc1234__seed7')
    .action(async (name: string) => {
      const { summarize } = await import('./summarize.js');
      await summarize(name);
    });
}

/** Runs one command line. @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on('error', endQuietlyWithoutReader);
  try {
    await program().parseAsync([...args], { from: 'user' });
    return exitCode.complete;
  } catch (error) {
    return report(error);
  }
}

/** `marsdisk ... | head` closes the pipe early: that is no failure. */
function endQuietlyWithoutReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCode.complete);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.complete : exitCode.usage;
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`marsdisk: ${process.env.MARSDISK_DEBUG ? error.stack : error.message}\n`);
  if (error instanceof CommandError) return error.code;
  if (error.name === 'ConfigurationError' || error.name === 'ArchiveRefused') return exitCode.usage;
  if (error.name === 'ServerUnavailable') return exitCode.unreachable;
  if (error.name === 'DamagedData' || error.name === 'StateError') return exitCode.damaged;
  return exitCode.failed;
}
