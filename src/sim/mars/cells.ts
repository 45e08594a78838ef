/** Index of the cell that holds x: (number of nodes below x) - 1, clipped to the cells of the axis. */
export function cellOf(axis: Float64Array, x: number): number {
  let i = axis.length - 2;
  while (i > 0 && axis[i] >= x) i--;
  return i;
}

export const clip = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);
