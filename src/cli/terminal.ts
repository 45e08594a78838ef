import { type Paint, paintFor } from '../report/sweep/paint.js';

/** Where no terminal says otherwise. */
const usualColumns = 100;

/** How wide and how colourful text on standard output may be. */
export function outputView(): { readonly columns: number; readonly paint: Paint } {
  const { stdout, env } = process;
  return { columns: stdout.columns ?? usualColumns, paint: paintFor(stdout.isTTY === true, env) };
}
