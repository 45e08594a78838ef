import { ConfigurationError, type Problem } from '../error.js';
import { standardAxes } from './axisNames.js';
import type { Values } from './titles.js';

/** A line of a list. */
export interface ListRow {
  readonly line: number;
  readonly values: Values;
}

const columns = [...standardAxes.keys()];
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads a list of the original, `T EPS TAU [I0 [MU]]` per line: blanks or commas between, `#` begins a comment, empty lines count for nothing.
 * @param file for messages
 * @throws ConfigurationError with every line that is none
 */
export function readList(text: string, file: string): ListRow[] {
  const problems: Problem[] = [];
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((content, i): ListRow[] => {
      const words = content
        .replace(/#.*/, '')
        .split(/[\s,]+/)
        .filter((word) => word !== '');
      if (words.length === 0) return [];
      const line = i + 1;
      const wrong = words.find((word) => !number.test(word));
      if (wrong !== undefined || words.length < 3 || words.length > columns.length) {
        const what =
          wrong === undefined ? `${words.length} values` : `${JSON.stringify(wrong)} is not a number`;
        problems.push({
          key: '',
          message: `${what}; a line reads T EPS TAU [I0 [MU]]`,
          file,
          line,
          column: 1,
        });
        return [];
      }
      const values = Object.fromEntries(words.map((word, n) => [columns[n]!, Number(word)]));
      return [{ line, values }];
    });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return rows;
}
