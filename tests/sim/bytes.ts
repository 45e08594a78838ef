import type { Model, RowSink } from '../../src/sim/model.js';

/** Every row, in order, as text that shows each bit. */
export class BitRows implements RowSink {
  readonly rows: string[] = [];

  write(table: number, values: Float64Array): void {
    this.rows.push(`${table}:${hex(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))}`);
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** What a run leaves behind: its rows and its final state. */
export interface Outcome {
  readonly rows: readonly string[];
  readonly final: string;
}

/**
 * Advances to the end in segments.
 *
 * @param cutAfter number of steps of the next segment; Infinity = to the end
 * @param handOver what happens to a state between segments
 */
export function run<P, S>(
  model: Model<P, S>,
  params: P,
  cutAfter: () => number,
  handOver: (state: S, segment: number) => S = (state) => state,
): Outcome {
  const sink = new BitRows();
  let state = model.initial(params);
  for (let segment = 0; !model.status(state, params).done; segment++) {
    let left = cutAfter();
    state = model.advance(state, params, Number.POSITIVE_INFINITY, () => --left <= 0, sink);
    state = handOver(state, segment);
    if (segment > 1e5) throw new Error('the run does not end');
  }
  return { rows: sink.rows, final: hex(model.encode(state)) };
}
