/** The columns of summary.parquet: title, axes, state, reason, identity, then the results by name. */
import type { AxisValue } from '../../config/sweep/sweepSpec.js';
import type { Meaning } from '../../sim/model.js';
import type { CaseRow } from './caseRow.js';
import type { Result } from './results.js';

/** What a column holds. Numbers are doubles, also where all are whole: the type must not depend on the cases at hand. */
export type Kind = 'number' | 'boolean' | 'text';

type Cell = Result;

export interface SummaryColumn extends Meaning {
  readonly name: string;
  readonly kind: Kind;
  /** By row; null where there is none. */
  readonly cells: readonly Cell[];
}

/** What the columns of a summary mean. */
export interface Meanings {
  axis(name: string): Meaning;
  result(name: string): Meaning;
}

const own = {
  title: 'name of the case, and of its folder',
  state: 'how the case ended: complete, failed, cancelled, lost or missing',
  reason: 'why it did not complete',
  identity: 'SHA-256 of what was computed',
};

/** Takes the rows one by one and keeps them by column: a number costs eight bytes, however many cases there are. */
export class SummaryTable {
  readonly #axes = new Map<string, Cell[]>();
  readonly #results = new Map<string, Cell[]>();
  readonly #own: Record<keyof typeof own, Cell[]> = { title: [], state: [], reason: [], identity: [] };
  rows = 0;

  add(row: CaseRow): void {
    for (const name of Object.keys(own) as (keyof typeof own)[]) this.#own[name].push(row[name]);
    this.#put(this.#axes, row.values);
    this.#put(this.#results, row.results);
    this.rows += 1;
  }

  #put(columns: Map<string, Cell[]>, values: Readonly<Record<string, AxisValue>>): void {
    for (const [name, value] of Object.entries(values)) {
      const cells = columns.get(name) ?? [];
      while (cells.length < this.rows) cells.push(null);
      cells.push(value);
      columns.set(name, cells);
    }
  }

  /** No two names are equal, also for readers that ignore case: axes give way to the columns above, results to both. */
  columns(meanings: Meanings): SummaryColumn[] {
    const taken = new Set(Object.keys(own));
    const free = (name: string, prefix: string): string => {
      const found = taken.has(name.toLowerCase()) ? free(`${prefix}${name}`, prefix) : name;
      taken.add(found.toLowerCase());
      return found;
    };
    const made = (prefix: string, meaning: (name: string) => Meaning) => {
      return ([name, cells]: [string, Cell[]]) => ({
        ...column(free(name, prefix), this.#padded(cells)),
        ...meaning(name),
      });
    };
    const fixed = (name: keyof typeof own) => ({
      ...column(name, this.#own[name]),
      kind: 'text' as const,
      unit: '',
      meaning: own[name],
    });
    const results = [...this.#results].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      fixed('title'),
      ...[...this.#axes].map(made('axis_', meanings.axis)),
      fixed('state'),
      fixed('reason'),
      fixed('identity'),
      ...results.map(made('result_', meanings.result)),
    ];
  }

  #padded(cells: Cell[]): Cell[] {
    while (cells.length < this.rows) cells.push(null);
    return cells;
  }
}

function column(name: string, cells: readonly Cell[]) {
  const kind = kindOf(cells);
  return { name, kind, cells: kind === 'text' ? cells.map(textOf) : cells };
}

/** Words and numbers in one column become words. A column without any value is one of numbers. */
function kindOf(cells: readonly Cell[]): Kind {
  const types = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (types.size === 0 || (types.size === 1 && types.has('number'))) return 'number';
  return types.size === 1 && types.has('boolean') ? 'boolean' : 'text';
}

function textOf(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
