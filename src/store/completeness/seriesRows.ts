import { eachGroup, readFooter } from '../series.js';

/** Rows of the original are evenly spaced; the last step, and rounding, may differ. */
const gap = 1.5;

/**
 * Reads a series from its first row to its last and says where they do not follow each other: a step that goes back or is left out, a time
 * that does not advance. Memory: two columns of a row group.
 * @param everyStep whether each step has a row
 * @returns what is wrong, or null
 * @throws DamagedData when it cannot be read
 */
export async function rowsProblem(file: string, everyStep: boolean): Promise<string | null> {
  const { rows, columns } = await readFooter(file);
  if (rows === 0) return 'holds no rows';
  const clock = ['step', 'time'].filter((name) => columns.includes(name));
  if (!clock.includes('time')) return 'has no column time';
  const order = new RowOrder(everyStep);
  await eachGroup(file, clock, ({ time, step }) => order.add(time!, step));
  return order.problem;
}

class RowOrder {
  problem: string | null = null;
  private row = 0;
  private time = Number.NaN;
  private step = Number.NaN;
  private spacing = Number.NaN;

  constructor(private readonly everyStep: boolean) {}

  add(times: Float64Array, steps: Float64Array | undefined): void {
    for (const [i, time] of times.entries()) {
      if (this.problem !== null) return;
      this.row += 1;
      this.problem = this.row === 1 ? null : this.between(time, steps?.[i]);
      this.time = time;
      this.step = steps?.[i] ?? Number.NaN;
    }
  }

  private between(time: number, step: number | undefined): string | null {
    const spacing = time - this.time;
    if (!(spacing > 0)) return `row ${this.row}: time ${time} s does not lie behind ${this.time} s`;
    if (step !== undefined) {
      if (step < this.step) return `row ${this.row}: step ${step} stands behind step ${this.step}`;
      const left = step - this.step > 1;
      return this.everyStep && left ? `row ${this.row}: step ${step} follows on step ${this.step}` : null;
    }
    if (Number.isNaN(this.spacing)) this.spacing = spacing;
    return spacing > gap * this.spacing
      ? `row ${this.row}: rows are missing between ${this.time} s and ${time} s`
      : null;
  }
}
