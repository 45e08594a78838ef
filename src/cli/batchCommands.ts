/** Commands of the command line that are about many cases: the same form as those of main.ts. */
import { type Command, InvalidArgumentError, Option } from 'commander';

export function addSweep(marsdisk: Command): void {
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

export function addConverge(marsdisk: Command): void {
  marsdisk
    .command('converge')
    .summary('how far results depend on size bins and tolerance')
    .description(
      'Computes FILE with half, the same and twice its size bins and with a tenth of its tolerance, and says how far each headline number of the summary is from its limit. Needs no server.',
    )
    .argument('[FILE]', 'configuration (YAML)')
    .argument('[KEY=VALUE...]', 'values that override the file')
    .option('--config <FILE>', 'the same as FILE')
    .option('--override <KEY=VALUE...>', 'the same as a bare KEY=VALUE (repeatable)')
    .option('--finer', 'also four times the bins: some ten times the computing', false)
    .option('--store', 'keep the result beside the finished run of FILE, whose report then quotes it', false)
    .option('--outdir <FOLDER>', 'where that run is (default: io.outdir)')
    .option('-j, --jobs <N>', 'runs at a time (default: as many as cores)', wholeNumber)
    .option('--json', 'machine-readable', false)
    .option('-q, --quiet', 'no progress', false)
    .addHelpText(
      'after',
      `
Examples:
  marsdisk converge configs/quickstart.yml
  marsdisk converge disk.yml sizes.n_bins=80 --finer --json
  marsdisk converge disk.yml --store && marsdisk status out/disk`,
    )
    .action(async (file: string | undefined, values: string[], options) => {
      const { fileAndOverrides } = await import('./grammar.js');
      const { converge } = await import('./converge.js');
      const { config, override, ...rest } = options;
      const input = fileAndOverrides(file, values, config, override ?? []);
      await converge(input.file, input.overrides, rest);
    });
}

export function addCheck(marsdisk: Command): void {
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

export function addArchive(marsdisk: Command): void {
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

export function addQuery(marsdisk: Command): void {
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

export function addSummarize(marsdisk: Command): void {
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
