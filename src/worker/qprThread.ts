/** Entry of a compute thread: one size of a table of radiation-pressure efficiencies. */
import { QprColumns, type QprModel } from '../sim/optics/qprTable.js';

export interface QprTask {
  readonly model: QprModel;
  /** m */
  readonly size: number;
}

/** Of the last table that this thread worked for: its optical constants take a second to make. */
let last: { readonly key: string; readonly columns: QprColumns } | null = null;

export default function qprOfSize({ model, size }: QprTask): number[] {
  const key = JSON.stringify(model);
  if (last?.key !== key) last = { key, columns: new QprColumns(model) };
  return last.columns.at(size);
}
