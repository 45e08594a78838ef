/** The command line. Each command loads what it needs when it is called, so that `--help` answers at once. */
import { Command, CommanderError } from 'commander';
import { version } from '../worker/version.js';
import { addArchive, addCheck, addConverge, addQuery, addSummarize, addSweep } from './batchCommands.js';
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
  addConverge(marsdisk);
  addTables(marsdisk);
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

function addTables(marsdisk: Command): void {
  const tables = marsdisk
    .command('tables')
    .summary('make input tables: radiation-pressure efficiencies')
    .allowUnknownOption(true);
  tables.argument('[ARGS...]').helpOption(false);
  tables.action(async (args: string[]) => {
    const { tablesCommand } = await import('./tables.js');
    await tablesCommand().parseAsync(args, { from: 'user' });
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
