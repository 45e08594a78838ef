import { loadRunSpec } from '../../src/config/load.js';
import { marsMass } from '../../src/sim/mars/constants.js';
import { modelOf } from '../../src/sim/models.js';
import { clone } from '../places.js';

/** Columns of the table `run` by name, of a run with whatever model the configuration asks for. */
export interface SolvedRun {
  readonly steps: number;
  /** Mars masses per kg m-2. */
  readonly toMarsMasses: number;
  column(name: string): number[];
  last(name: string): number;
}

/** Runs configs/quickstart.yml with overrides `KEY=VALUE` through the model that they choose, without a cut. */
export async function solved(overrides: readonly string[]): Promise<SolvedRun> {
  const spec = await loadRunSpec({ file: `${clone}configs/quickstart.yml`, overrides });
  const { model, params } = modelOf(spec);
  const tables = model.tables(params);
  const index = tables.findIndex(({ name }) => name === 'run');
  const names = tables[index].columns.map(({ name }) => name);
  const rows: Float64Array[] = [];
  const sink = {
    write(table: number, values: Float64Array) {
      if (table === index) rows.push(values.slice());
    },
  };
  const state = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, sink);
  const column = (name: string) => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`${model.name} has no column ${name}`);
    return rows.map((row) => row[at]);
  };
  const toMarsMasses = params.area / marsMass;
  return { steps: state.steps, toMarsMasses, column, last: (name) => column(name).at(-1)! };
}
