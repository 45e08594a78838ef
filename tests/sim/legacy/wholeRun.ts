import { marsLegacy } from '../../../src/sim/legacy/model.js';
import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import type { LegacyState } from '../../../src/sim/legacy/state.js';

/** The end of a run, and the values of a column of one of its tables. */
export interface Ran {
  readonly state: LegacyState;
  /** @param table the series if none is named */
  readonly column: (name: string, table?: string) => number[];
}

/** A run of the legacy solver without a cut. */
export function ran(params: LegacyParams): Ran {
  const tables = marsLegacy.tables(params);
  const rows = tables.map((): Float64Array[] => []);
  const sink = { write: (table: number, row: Float64Array) => void rows[table]!.push(row.slice()) };
  const open = Number.POSITIVE_INFINITY;
  const state = marsLegacy.advance(marsLegacy.initial(params), params, open, () => false, sink);
  return {
    state,
    column(name, table = 'run') {
      const at = tables.findIndex((each) => each.name === table);
      const c = tables[at]!.columns.findIndex((column) => column.name === name);
      return rows[at]!.map((row) => row[c]!);
    },
  };
}

export const endOf = (params: LegacyParams): LegacyState => ran(params).state;
