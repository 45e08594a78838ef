import path from 'node:path';
import { bulkStates, phaseStates, selectedSinks } from '../../src/sim/legacy/codes.js';
import { binColumn } from '../../src/sim/mars/columns.js';
import { caseFolder, type LegacyCase, specOfCase } from './cases.js';
import { Computed } from './computed.js';
import { Recorded } from './recorded.js';
import { type Tolerance, toleranceOf } from './tolerances.js';

/** A column of the original beside ours. */
export interface Compared {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** Largest relative difference of its rows, and the largest absolute one; NaN where it is not compared. */
  readonly relative: number;
  readonly absolute: number;
  readonly tolerance: Tolerance;
  readonly kept: boolean;
  /** Why it is not compared, or what is wrong. */
  readonly remark: string;
}

/** Columns that are text in the original and codes here. */
const codes: Readonly<Record<string, readonly string[]>> = {
  phase_state: phaseStates,
  phase_bulk_state: bulkStates,
  blowout_beta_gate: ['False', 'True'],
  sink_selected: selectedSinks,
};

/** Runs a case and holds every column that the original recorded against it. */
export async function compareCase(each: LegacyCase): Promise<Compared[]> {
  const spec = await specOfCase(each);
  const computed = new Computed(spec);
  const folder = caseFolder(each.name);
  const { mass_initial, M_loss } = computed.summary as Record<string, number>;
  const mass = Math.max(mass_initial!, M_loss!);
  const judge = (table: string) => new Judge(each.name, table, mass);
  return [
    ...series(judge('series'), computed, new Recorded(path.join(folder, 'series.csv'))),
    ...sizes(judge('psd'), computed, new Recorded(path.join(folder, 'psd.csv'))),
    ...budget(judge('mass_budget'), computed, folder),
    ...orbits(judge('orbit_rollup'), computed, folder),
  ];
}

class Judge {
  constructor(
    private readonly name: string,
    private readonly table: string,
    private readonly mass: number,
  ) {}

  compare(column: string, found: Float64Array, expected: Float64Array): Compared {
    const tolerance = toleranceOf(this.name, column, this.mass);
    const base = { name: this.name, table: this.table, column, tolerance };
    if (tolerance.skip !== undefined) {
      return { ...base, relative: Number.NaN, absolute: Number.NaN, kept: true, remark: tolerance.skip };
    }
    let relative = 0;
    let absolute = 0;
    let bad = -1;
    for (let row = 0; row < expected.length; row++) {
      const [a, b] = [found[row]!, expected[row]!];
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
      const difference = Math.abs(a - b);
      const share = difference / Math.abs(b);
      relative = Math.max(relative, share);
      absolute = Math.max(absolute, difference);
      const within = share <= (tolerance.relative ?? 0) || difference <= (tolerance.absolute ?? 0);
      if (!within && bad < 0) bad = row;
    }
    const remark = bad < 0 ? '' : `row ${bad}: ${found[bad]}, the original has ${expected[bad]}`;
    return { ...base, relative, absolute, kept: bad < 0, remark };
  }

  missing(column: string, remark: string): Compared {
    const nothing = { relative: Number.NaN, absolute: Number.NaN, tolerance: {} };
    return { name: this.name, table: this.table, column, ...nothing, kept: false, remark };
  }

  /** @param rows of ours that the recorded ones stand for */
  columns(computed: Computed, recorded: Recorded, table: string, rows: readonly number[]): Compared[] {
    return recorded.names
      .filter((column) => column !== 'step')
      .map((column) => {
        if (column === 'case_status') return this.status(computed, recorded);
        if (!computed.has(table, column)) {
          const empty = recorded.texts(column).every((text) => text === '' || Number(text) === 0);
          return empty ? this.absent(column) : this.missing(column, 'not among our columns');
        }
        const all = computed.column(table, column);
        const found = Float64Array.from(rows, (row) => all[row] ?? Number.NaN);
        return this.compare(column, found, numbersOf(recorded, column));
      });
  }

  private absent(column: string): Compared {
    const skip = 'empty or zero in the original, no column here';
    const nothing = { relative: Number.NaN, absolute: Number.NaN, tolerance: { skip } };
    return { name: this.name, table: this.table, column, ...nothing, kept: true, remark: skip };
  }

  private status(computed: Computed, recorded: Recorded): Compared {
    const wrong = recorded.texts('case_status').find((text) => text !== computed.summary.case_status);
    const kept = wrong === undefined;
    const remark = kept ? 'in the summary' : `${computed.summary.case_status}, the original has ${wrong}`;
    const same = { relative: kept ? 0 : Number.NaN, absolute: 0, tolerance: {} };
    return { name: this.name, table: this.table, column: 'case_status', ...same, kept, remark };
  }
}

function numbersOf(recorded: Recorded, column: string): Float64Array {
  const words = codes[column];
  if (words === undefined) return recorded.numbers(column);
  return Float64Array.from(recorded.texts(column), (text) => words.indexOf(text));
}

function series(judge: Judge, computed: Computed, recorded: Recorded): Compared[] {
  const steps = Array.from(recorded.numbers('step'));
  return judge.columns(computed, recorded, 'run', steps);
}

function budget(judge: Judge, computed: Computed, folder: string): Compared[] {
  const recorded = new Recorded(path.join(folder, 'mass_budget.csv'));
  const steps = Array.from(new Recorded(path.join(folder, 'series.csv')).numbers('step'));
  return judge.columns(computed, recorded, 'mass_budget', steps);
}

function orbits(judge: Judge, computed: Computed, folder: string): Compared[] {
  let recorded: Recorded;
  try {
    recorded = new Recorded(path.join(folder, 'orbit_rollup.csv'));
  } catch {
    const none = computed.count('orbit_rollup');
    return none === 0 ? [] : [judge.missing('rows', `${none} rows, the original has none`)];
  }
  const rows = computed.count('orbit_rollup');
  if (rows !== recorded.rows)
    return [judge.missing('rows', `${rows} rows, the original has ${recorded.rows}`)];
  return judge.columns(
    computed,
    recorded,
    'orbit_rollup',
    Array.from({ length: rows }, (_, i) => i),
  );
}

/** The long table of the original against the wide one here. */
function sizes(judge: Judge, computed: Computed, recorded: Recorded): Compared[] {
  const steps = recorded.numbers('step');
  const bins = recorded.numbers('bin_index');
  const edges: number[] = JSON.parse(computed.tables[1]!.footer.bin_edges_m!);
  const centers = computed.column('psd_bins', 's_center');
  const masses = computed.column('psd_bins', 'mass');
  const moving = computed.has('psd_hist', 's000');
  const numbers = Array.from(centers, (_, k) => computed.column('psd_hist', binColumn(k)));
  const moved = Array.from(centers, (_, k) =>
    moving ? computed.column('psd_hist', `s${String(k).padStart(3, '0')}`) : null,
  );
  const sigma = computed.column('psd_hist', 'Sigma_surf');
  const scale = computed.column('psd_hist', 'number_scale');
  const sizeAt = (row: number, k: number) => moved[k]?.[row] ?? centers[k]!;
  const massAt = (row: number, k: number) =>
    masses[k]! * (sizeAt(row, k) / centers[k]!) ** 3 * numbers[k]![row]!;
  const totals = new Map<number, number>();
  const totalAt = (row: number) => {
    if (!totals.has(row))
      totals.set(
        row,
        centers.reduce((sum, _, k) => sum + massAt(row, k), 0),
      );
    return totals.get(row)!;
  };
  const values = (of: (row: number, k: number) => number) =>
    Float64Array.from(steps, (row, i) => of(row, bins[i]!));
  const found: Readonly<Record<string, Float64Array>> = {
    s_bin_center: values(sizeAt),
    N_bin: values((row, k) => numbers[k]![row]! / (scale[row]! * (edges[k + 1]! - edges[k]!))),
    f_mass: values((row, k) => massAt(row, k) / totalAt(row)),
    Sigma_bin: values((row, k) => (massAt(row, k) / totalAt(row)) * sigma[row]!),
    Sigma_surf: values((row) => sigma[row]!),
  };
  return Object.entries(found).map(([column, of]) => judge.compare(column, of, recorded.numbers(column)));
}
