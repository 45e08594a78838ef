import { loadRunSpec } from '../../src/config/load.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { marsDisk } from '../../src/sim/mars/model.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { massSupplied } from '../../src/sim/mars/totals.js';
import type { SizeCase } from './cases.js';

export const quantities = ['B', 'V', 'Sigma', 'tau_bound', 'tau'] as const;
export type Quantity = (typeof quantities)[number];

const columns: Record<Quantity, string> = {
  B: 'Sigma_blown_out',
  V: 'Sigma_sublimed',
  Sigma: 'Sigma_surf',
  tau_bound: 'tau_bound',
  tau: 'tau',
};

/** What came of one case with one number of bins. */
export interface Measured {
  readonly bins: number;
  readonly steps: number;
  readonly rejected: number;
  /** CPU time of the tables and of the run, s. */
  readonly tables: number;
  readonly seconds: number;
  /** Most negative mass of any cell after any step, as a share of the surface density; 0 when none is negative. */
  readonly lowest: number;
  readonly closure: number;
  /** Mass ever present, kg m-2: what B and V are shares of. */
  readonly present: number;
  /** By quantity, at the times of the case. */
  readonly values: Readonly<Record<Quantity, readonly number[]>>;
}

export type Scheme = MarsParams['collisions']['remnant'];

/** The parameters of a case. */
export async function paramsOf(
  each: SizeCase,
  scheme: Scheme,
  bins: number,
  rtol = 1e-6,
): Promise<MarsParams> {
  const overrides = [
    ...each.overrides,
    ...[`collisions.remnant=${scheme}`, `sizes.n_bins=${bins}`, `numerics.rtol=${rtol}`],
  ];
  const { params } = await loadRunSpec({ file: 'configs/quickstart.yml', overrides, environment: {} });
  const base = params as MarsParams;
  const every = { kind: 'times' as const, times: [...each.times] };
  return { ...base, output: { ...base.output, mode: 'dense', every, sizeHistoryStride: null } };
}

/** Runs a case. */
export function measure(params: MarsParams, times: readonly number[]): Measured {
  const names = marsDisk.tables(params)[0]!.columns.map(({ name }) => name);
  const rows: number[][] = [];
  const before = process.cpuUsage();
  const { masses } = diskOf(params).unknowns;
  const built = process.cpuUsage(before);
  let lowest = 0;
  const state = marsDisk.advance(
    marsDisk.initial(params),
    params,
    Number.POSITIVE_INFINITY,
    ({ y }) => {
      let sum = 0;
      let least = 0;
      for (let k = 0; k < masses; k++) {
        sum += y[k]!;
        least = Math.min(least, y[k]!);
      }
      lowest = Math.min(lowest, least / sum);
      return false;
    },
    { write: (table, values) => void (table === 0 && rows.push([...values])) },
  );
  const { user, system } = process.cpuUsage(before);
  const at = (name: string) => {
    const column = names.indexOf(name);
    const time = names.indexOf('time');
    return times.map((t) => rows.find((row) => Math.abs(row[time]! / t - 1) < 0.01)?.[column] ?? Number.NaN);
  };
  const disk = diskOf(params);
  return {
    bins: params.sizes.bins,
    steps: state.steps,
    rejected: state.rejected,
    tables: (built.user + built.system) / 1e6,
    seconds: (user + system) / 1e6,
    lowest,
    closure: state.largestMassError,
    present: disk.initialTotal + massSupplied(disk, state.time, state.y),
    values: Object.fromEntries(quantities.map((name) => [name, at(columns[name])])) as Record<
      Quantity,
      number[]
    >,
  };
}
