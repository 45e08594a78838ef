import { CubicEfficiency } from '../../sim/mars/cubicEfficiency.js';
import { type MarsParams, marsParams } from '../../sim/mars/params.js';
import type { MaterialName } from '../../sim/optics/materialNames.js';
import type { Settings } from '../settings.js';
import { type Columns, TableError } from '../tables/columns.js';
import { efficiencyTable } from '../tables/efficiency.js';
import type { Conversion, Inputs } from '../tables/inputs.js';

type Efficiency = MarsParams['efficiency'];

const pathKey = 'radiation.qpr_table_path';

/** What builds the built-in tables: marsdisk tables qpr. */
const builtIn: Readonly<Record<'physical' | 'compat', Partial<Record<MaterialName, string>>>> = {
  physical: { forsterite: 'tables/mie_forsterite.csv', silica: 'tables/mie_silica.csv' },
  compat: { forsterite: 'tables/mie_forsterite_compat.csv' },
};

/** Grains below the table get the value of its first size, far too high for dust; that must not go unnoticed. */
function warnOfShortTable(settings: Settings, table: Efficiency | null, smallest: number): void {
  if (table?.kind !== 'table') return;
  const first = table.sizes[0]!;
  if (first > smallest * (1 + 1e-9)) {
    settings.warn(
      `${pathKey}: the table starts at ${first} m; grains from sizes.s_min = ${smallest} m up to there get its first value`,
    );
  }
}

function conversion(reading: 'linear' | 'cubic'): Conversion<Efficiency> {
  return {
    name: `efficiency, ${reading}`,
    of: (columns: Columns) => {
      const table = { kind: 'table', ...efficiencyTable(columns) };
      if (reading === 'linear') return marsParams.shape.efficiency.parse(table);
      const parsed = marsParams.shape.efficiency.parse({ ...table, reading });
      refuseCubic(parsed);
      return parsed;
    },
  };
}

/** @throws TableError where a spline is not fit for the table */
function refuseCubic(table: Efficiency): void {
  if (table.kind !== 'table') return;
  const { sizes, temperatures, values } = table;
  if (sizes.length < 4 || temperatures.length < 4) {
    throw new TableError(
      `has ${sizes.length} sizes and ${temperatures.length} temperatures; cubic interpolation needs 4 of each (radiation.qpr_interpolation)`,
    );
  }
  const spline = new CubicEfficiency(
    ...([temperatures, sizes, values].map((axis) => Float64Array.from(axis)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]),
  );
  const cell = spline.doubtfulCell();
  if (cell !== null) {
    throw new TableError(
      `varies too much between ${cell.size} and ${cell.nextSize} m at ${cell.temperature} K: cubic interpolation might not stay positive there; use radiation.qpr_interpolation=linear, or a denser table`,
    );
  }
}

/** Radiation-pressure efficiency: a constant overrides the table, a table that is named overrides the material. */
export async function efficiency(
  settings: Settings,
  inputs: Inputs,
  grid: MarsParams['sizes'],
): Promise<Efficiency | null> {
  const constant = settings.maybeNumber('radiation.Q_pr');
  if (constant !== null) return { kind: 'constant', value: constant };
  const model = settings.text<'physical' | 'compat'>('radiation.qpr_model');
  const asked = settings.text<'auto' | 'linear' | 'cubic'>('radiation.qpr_interpolation');
  const path = settings.maybeText(pathKey);
  if (path !== null) {
    warnOfBuiltIn(settings, path);
    const law = conversion(asked === 'cubic' ? 'cubic' : 'linear');
    const cure = 'Leave it out for the built-in table of radiation.material';
    const table = await inputs.read(settings, pathKey, law, cure);
    warnOfShortTable(settings, table, grid.min);
    return table;
  }
  const material = settings.text<MaterialName>('radiation.material');
  const file = builtIn[model][material];
  if (file === undefined) {
    settings.refuseValue(
      'radiation.qpr_model',
      `there is no such table of ${material}, as the original has none; use physical, or radiation.material=${Object.keys(builtIn[model]).join(' or ')}`,
    );
    return null;
  }
  const cubic = asked === 'cubic' || (asked === 'auto' && model === 'physical');
  return inputs.readBuiltIn('radiation.material', file, conversion(cubic ? 'cubic' : 'linear'));
}

/** A named table says itself what it is of. */
function warnOfBuiltIn(settings: Settings, path: string): void {
  for (const [key, usual] of [
    ['radiation.material', 'forsterite'],
    ['radiation.qpr_model', 'physical'],
  ] as const) {
    if (settings.value(key) !== usual) settings.warn(`${key} has no effect: ${pathKey} = ${path} is read`);
  }
}
