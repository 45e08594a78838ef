/** `marsdisk tables`: input tables that the project can make itself. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { materialNames } from '../sim/optics/materialNames.js';
import { axisOf } from './tableAxis.js';

export function tablesCommand(): Command {
  const tables = new Command('marsdisk tables').description('Makes input tables.').exitOverride();
  tables
    .command('qpr')
    .summary('Planck-mean radiation-pressure efficiencies of a material')
    .description(
      'Computes <Q_pr>(s, T) of spheres: Mie theory, geometric optics for large ones, mean over the Planck spectrum of Mars (docs/optics.md). ' +
        'Without further options it makes the table that the project ships.',
    )
    .addOption(
      new Option('--material <NAME>', 'optical constants').choices(materialNames).makeOptionMandatory(),
    )
    .option(
      '--compat',
      'as the original table: no absorption where none is measured, Q_pr = 1 above a size parameter of 1e4',
      false,
    )
    .option('--out <FILE>', 'CSV or Parquet, by its ending (default: qpr_<material>[_compat].csv)')
    .option('--force', 'replace FILE', false)
    .option('--sizes <AXIS>', 'radii in m: a list, or FROM:TO:COUNT with equal ratios', axis('sizes'))
    .option('--temperatures <AXIS>', 'K: a list, or FROM:TO:COUNT with equal steps', axis('temperatures'))
    .option('--k-floor <K>', 'least imaginary part of the refractive index (default: 1e-6)', absorption)
    .option('-j, --jobs <N>', 'threads (default: as many as cores)', wholeNumber)
    .option('--json', 'machine-readable', false)
    .option('-q, --quiet', 'no progress', false)
    .addHelpText(
      'after',
      `
Examples:
  marsdisk tables qpr --material forsterite
  marsdisk tables qpr --material silica --out silica.parquet
  marsdisk tables qpr --material forsterite --compat --out compat.csv
  marsdisk tables qpr --material forsterite --k-floor 1e-3 --sizes 1e-8:10:91 --temperatures 1000:6500:56 --out dirty.csv
Use one with radiation.qpr_table_path=FILE; radiation.qpr_interpolation=cubic reads it smoothly.`,
    )
    .action(async (options) => {
      const { tableOfQpr } = await import('./tablesQpr.js');
      await tableOfQpr(options);
    });
  return tables;
}

const axis = (kind: 'sizes' | 'temperatures') => (text: string) => {
  const found = axisOf(kind, text);
  if (typeof found === 'string') throw new InvalidArgumentError(found);
  return found;
};

function absorption(text: string): number {
  const k = text.trim() === '' ? Number.NaN : Number(text);
  if (k >= 0 && k <= 1) return k;
  throw new InvalidArgumentError('expected a number from 0 to 1.');
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('expected a whole number from 1 on.');
}
