import type { Model, RowSink } from '../sim/model.js';

/**
 * Writes the tables that stand at the start of every run where they are missing: a run that began at a checkpoint in an empty folder has
 * never been at its start.
 * @param rows rows written so far, per table
 */
export function writeOnceTables<P, S>(
  model: Model<P, S>,
  params: P,
  rows: readonly number[],
  sink: RowSink,
): void {
  const missing = model.tables(params).flatMap((table, i) => (table.once && rows[i] === 0 ? [i] : []));
  if (missing.length === 0) return;
  const onlyMissing: RowSink = {
    write(table, values) {
      if (missing.includes(table)) sink.write(table, values);
    },
  };
  // No step is taken in front of this boundary: only what a run writes when it begins.
  model.advance(model.initial(params), params, Number.NEGATIVE_INFINITY, () => true, onlyMissing);
}
