import { sha256 } from '../../../src/store/durable.js';
import { mergeSeries } from '../../../src/store/merge.js';
import { openPart } from '../../../src/store/parts.js';
import type { Uncut } from './cut.js';
import { accountsOf, KeptRows, mergedFiles, type Outcome, type Run } from './outcome.js';
import { inFreshFolder } from './place.js';

const nothing = { write() {} };

/** The uninterrupted run: one call of `advance`, its rows in memory, one part, one merge. */
export class UncutRun implements Uncut {
  private constructor(
    readonly run: Run,
    readonly outcome: Outcome,
    readonly steps: number,
    readonly time: number,
  ) {}

  static async of(run: Run): Promise<UncutRun> {
    const { model, params } = run;
    const kept = new KeptRows(model.tables(params));
    const last = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, kept);
    const rows = kept.all();
    const state = model.encode(last);
    const { steps, time } = model.status(last, params);
    const outcome: Outcome = {
      state,
      accounts: accountsOf(run, last),
      rows,
      files: await filesOf(
        run,
        rows,
        rows.map(() => 0),
        state,
      ),
      checkpoints: null,
    };
    return new UncutRun(run, outcome, steps, time);
  }

  endOf(step: number): number {
    const { model, params } = this.run;
    if (step === 0) return 0;
    let left = step;
    const stop = () => --left <= 0;
    const state = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, stop, nothing);
    return model.status(state, params).time;
  }

  /** What a run leaves that had these rows already when it began. */
  async behind(firstRows: readonly number[]): Promise<Outcome> {
    const { model, params } = this.run;
    const tables = model.tables(params);
    const rows = this.outcome.rows.map((all, i) => all.slice(firstRows[i]! * tables[i]!.columns.length));
    const files = await filesOf(this.run, rows, firstRows, this.outcome.state);
    return { ...this.outcome, rows, files };
  }
}

/** The merged files of these rows when they come from one part. */
function filesOf(
  { model, params, identity }: Run,
  rows: readonly Float64Array[],
  firstRows: readonly number[],
  state: Uint8Array,
): Promise<Outcome['files']> {
  return inFreshFolder(async (layout) => {
    const tables = model.tables(params);
    const start = { hash: sha256('start'), steps: 0, time: 0 };
    const end = { hash: sha256(state), steps: 1, time: 1 };
    const where = { folder: layout.parts, name: 'whole', identity, segment: 0, tables, firstRows };
    const part = openPart({ ...where, batchRows: 1000, start });
    for (const [i, { columns }] of tables.entries()) {
      const width = columns.length;
      for (let at = 0; at < rows[i]!.length; at += width) part.write(i, rows[i]!.subarray(at, at + width));
    }
    const segment = {
      ...{ index: 0, fromTime: 0, toTime: 1, steps: 1, startState: '' },
      ...{ startHash: start.hash, endHash: end.hash, parts: [part.close(end, state)] },
    };
    await mergeSeries({ layout, tables, segments: [segment], firstRows, identity });
    return mergedFiles(layout, tables);
  });
}
