import { Command } from 'commander';
import type { RunSpec } from '../config/runSpec.js';
import { fileAndOverrides } from './grammar.js';

interface Options {
  readonly config?: string;
  readonly override?: string[];
  readonly json?: boolean;
}

async function load(first: string | undefined, rest: string[], options: Options): Promise<RunSpec> {
  const { loadRunSpec } = await import('../config/load.js');
  const { file, overrides } = fileAndOverrides(first, rest, options.config, options.override ?? []);
  return loadRunSpec({ file, overrides, environment: process.env });
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

async function check(first: string | undefined, rest: string[], options: Options): Promise<void> {
  const { isSweep } = await import('../config/sweep/sweepFile.js');
  const { file, overrides } = fileAndOverrides(first, rest, options.config, options.override ?? []);
  if (isSweep(file)) {
    const { checkSweep } = await import('./sweepCheck.js');
    print(await checkSweep(file, overrides, options));
    return;
  }
  const { title, identity, warnings, inputs } = await load(first, rest, options);
  if (options.json) {
    print(JSON.stringify({ title, identity, warnings, inputs }, null, 2));
    return;
  }
  const count =
    warnings.length === 0
      ? 'no warnings'
      : warnings.length === 1
        ? '1 warning'
        : `${warnings.length} warnings`;
  print(`${title}: valid, identity ${identity}, ${count}`);
  for (const warning of warnings) print(`warning: ${warning}`);
}

async function show(first: string | undefined, rest: string[], options: Options): Promise<void> {
  const spec = await load(first, rest, options);
  if (options.json) {
    const { params: _, ...shown } = spec;
    print(JSON.stringify(shown, null, 2));
    return;
  }
  const { shownAsYaml } = await import('../config/showing.js');
  print(shownAsYaml(spec));
}

async function schema({ sweep }: { readonly sweep: boolean }): Promise<void> {
  const { jsonSchema } = await import('../config/schema.js');
  const { sweepJsonSchema } = await import('../config/sweep/schema.js');
  const { schemaText } = await import('../config/documentation.js');
  print(schemaText(sweep ? sweepJsonSchema() : jsonSchema()));
}

function reading(parent: Command, name: string, summary: string): Command {
  return parent
    .command(name)
    .description(summary)
    .argument('[FILE]', 'configuration (YAML)')
    .argument('[KEY=VALUE...]', 'values that override the file, e.g. numerics.rtol=1e-8')
    .option('--config <FILE>', 'the same as FILE')
    .option('--override <KEY=VALUE...>', 'the same as a bare KEY=VALUE (repeatable)')
    .option('--json', 'machine-readable', false);
}

/**
 * `marsdisk config check|show|schema`. Results go to standard output; a configuration that cannot be used ends as a
 * ConfigurationError, which the program turns into exit code 2.
 */
export function configCommand(): Command {
  // Subcommands take over this setting when they are made, so it comes first.
  const config = new Command('marsdisk config')
    .exitOverride()
    .description('Checks and shows configurations.');
  reading(
    config,
    'check',
    'Checks a configuration, or a sweep file with all its cases: title, identity and warnings.',
  ).action(check);
  reading(config, 'show', 'Shows every value of the resolved configuration, and where it comes from.').action(
    show,
  );
  config
    .command('schema')
    .description('Prints the JSON Schema of configuration files, for editors.')
    .option('--sweep', 'that of sweep files', false)
    .action(schema);
  config.addHelpText(
    'after',
    `
Examples:
  marsdisk config check configs/quickstart.yml
  marsdisk config check configs/sweeps/temp_supply.yml
  marsdisk config show configs/quickstart.yml sizes.n_bins=80
  marsdisk config schema > marsdisk.schema.json`,
  );
  return config;
}
