import type { RowSink } from '../sim/model.js';
import {
  openPart,
  type PartEdge,
  type PartOptions,
  type PartRecord,
  type PartWriter,
} from '../store/parts.js';

/** The rows of a running segment: one part, or several when recovery files were written between them. */
export class SegmentRows implements RowSink {
  readonly #options: Omit<PartOptions, 'start' | 'firstRows'>;
  readonly #closed: PartRecord[];
  #part: PartWriter;

  /** @param before parts that an earlier attempt has left behind a recovery file */
  constructor(
    options: Omit<PartOptions, 'start' | 'firstRows'>,
    start: PartEdge,
    firstRows: readonly number[],
    before: readonly PartRecord[],
  ) {
    this.#options = options;
    this.#closed = [...before];
    const rows = before.at(-1)?.tables.map(({ firstRow, rows }) => firstRow + rows) ?? firstRows;
    this.#part = this.#open(start, rows);
  }

  write(table: number, values: Float64Array): void {
    this.#part.write(table, values);
  }

  /** Rows of the run so far, per table. */
  counts(): number[] {
    return this.#part.rows();
  }

  /** Makes durable what there is and goes on in another part. @returns all parts so far */
  cut(here: PartEdge): readonly PartRecord[] {
    const rows = this.counts();
    this.#closed.push(this.#part.close(here, null));
    this.#part = this.#open(here, rows);
    return [...this.#closed];
  }

  /** Makes the rest durable. @returns all parts of the segment, in order */
  finish(end: PartEdge, state: Uint8Array): readonly PartRecord[] {
    return [...this.#closed, this.#part.close(end, state)];
  }

  /** Gives up what is not durable yet. */
  abort(): void {
    this.#part.abort();
  }

  #open(start: PartEdge, firstRows: readonly number[]): PartWriter {
    return openPart({
      ...this.#options,
      name: `${this.#options.name}.${this.#closed.length}`,
      start,
      firstRows,
    });
  }
}
