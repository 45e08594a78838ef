import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadRunSpec } from '../../src/config/load.js';
import type { RunSpec } from '../../src/config/runSpec.js';

/** A run of the original program that is recorded in the reference data. */
export interface LegacyCase {
  readonly name: string;
  /** What its own configuration names differently: paths, and the cooling slab that the original put in the place of other drivers (Z4). */
  readonly changes: (table: (name: string) => string) => readonly string[];
}

const driver = 'radiation.mars_temperature_driver';
const forsterite = (table: (name: string) => string) =>
  `radiation.qpr_table_path=${table('qpr_planck_forsterite_mie.csv')}`;
const constant = (table: (name: string) => string) => `${driver}.table.path=${table('const_T4000.csv')}`;
const slab = (T0: number) => [`${driver}.mode=slab`, `radiation.TM_K=${T0}`];

export const legacyCases: readonly LegacyCase[] = [
  {
    name: 'ref1_reduced_1e-6yr',
    changes: (table) => [`radiation.qpr_table_path=${table('qpr_planck.parquet')}`, ...slab(3000)],
  },
  { name: 'ref2_const4000_40bin_dt20', changes: (table) => [forsterite(table), constant(table)] },
  { name: 'ref3_sweep_cooling_slab', changes: (table) => [forsterite(table), ...slab(4000)] },
  { name: 'ref4_sublimation_sink', changes: (table) => [forsterite(table), ...slab(5200)] },
  {
    name: 'ref5_shielding_phi',
    changes: (table) => [forsterite(table), `shielding.table_path=${table('phi.csv')}`, ...slab(3500)],
  },
  { name: 'ref6_resolved_dilute', changes: (table) => [forsterite(table), constant(table)] },
  {
    name: 'ref7_resolved_dilute_sublimation_cooling',
    changes: (table) => [forsterite(table), ...slab(4700)],
  },
];

/** The reference data lie beside the project. */
export const sharedFolder = path.resolve('../shared');
export const hasReference = () => existsSync(path.join(sharedFolder, 'reference/legacy'));
export const caseFolder = (name: string) => path.join(sharedFolder, 'reference/legacy', name);

/** The run of a case with the legacy solver, read from the original's own configuration. */
export function specOfCase({ name, changes }: LegacyCase, ...more: readonly string[]): Promise<RunSpec> {
  const table = (file: string) => path.join(sharedFolder, 'tables', file);
  return loadRunSpec({
    file: path.join(caseFolder(name), 'config.yml'),
    overrides: ['numerics.solver=legacy', 'io.outdir=out/x', ...changes(table), ...more],
  });
}
