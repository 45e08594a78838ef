import type { Column } from '../../model.js';
import type { RowView } from './rowView.js';

/** A column together with where its value comes from: name, unit, meaning and number stand in one place. */
export interface ValuedColumn extends Column {
  readonly value: (row: RowView) => number;
}

export function float(
  name: string,
  unit: string,
  meaning: string,
  value: (row: RowView) => number,
): ValuedColumn {
  return { name, type: 'float64', unit, meaning, value };
}

export function whole(name: string, meaning: string, value: (row: RowView) => number): ValuedColumn {
  return { name, type: 'int32', unit: '', meaning, value };
}

/** The same numbers under another name that files of the original have. */
export function alias(name: string, of: ValuedColumn): ValuedColumn {
  return { ...of, name, meaning: `the same as ${of.name}` };
}

/** Without the functions, which cannot travel. */
export function described(columns: readonly ValuedColumn[]): readonly Column[] {
  return columns.map(({ name, type, unit, meaning }) => ({ name, type, unit, meaning }));
}

/** The values of a row, in column order. */
export function fill(columns: readonly ValuedColumn[], row: RowView, into: Float64Array): Float64Array {
  for (let c = 0; c < columns.length; c++) into[c] = columns[c].value(row);
  return into;
}
