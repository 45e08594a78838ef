import { dirname, extname, resolve } from 'node:path';
import { readText } from '../base.js';
import { TableError } from '../tables/columns.js';
import { parseCsv } from '../tables/csv.js';
import { readList } from './listFile.js';
import type { Point } from './points.js';
import type { Reading } from './reading.js';
import type { AxisValue } from './sweepSpec.js';
import type { Values } from './titles.js';

/** Cases of the file that `list` names. @throws ConfigurationError when it cannot be read as a list */
export function* listedCases(reading: Reading): Generator<Point> {
  const { file } = reading;
  if (file.sweep.list === undefined) return;
  const list = resolve(dirname(file.file), file.sweep.list);
  const text = readText(list, 'the list of cases');
  if (extname(list).toLowerCase() === '.csv') yield* tabled(reading, list, text);
  else {
    for (const { line, values } of readList(text, list))
      yield { values, title: null, set: [], place: { file: list, line, column: 1 } };
  }
}

/** A case for each row, an axis for each column. */
function* tabled(reading: Reading, list: string, text: string): Generator<Point> {
  try {
    const table = parseCsv(text);
    const named = table.names.map((written) => ({
      name: reading.axis(written, ['list']),
      values: table.column(written),
    }));
    for (const { name, values } of named) if (name !== null) reading.finite(name, values, ['list']);
    for (let row = 0; row < table.rows; row++) {
      const pairs = named.flatMap(({ name, values }) =>
        name === null ? [] : [[name, values[row]!] as const],
      );
      yield { values: Object.fromEntries(pairs), title: null, set: [], place: { file: list } };
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    reading.refuse(['list'], `list: ${list} ${error.message}`);
  }
}

/** Cases that stand in the sweep file one by one. */
export function* extraCases(reading: Reading): Generator<Point> {
  const { file } = reading;
  for (const [i, { title = null, set, ...axes }] of (file.sweep.cases ?? []).entries()) {
    const path = ['cases', i];
    const values = valuesOf(reading, axes, path);
    if (values === null) continue;
    if (Object.keys(values).length === 0 && title === null) {
      reading.refuse(path, 'a case without a value of an axis needs a title');
    }
    yield { values, title, set: reading.settings(set, [...path, 'set']), place: file.placeOf(path) };
  }
}

function valuesOf(
  reading: Reading,
  axes: Record<string, unknown>,
  path: readonly PropertyKey[],
): Values | null {
  const pairs = Object.entries(axes).flatMap(([written, value]) => {
    const at = [...path, written];
    const name = reading.axis(written, at);
    const plain = value === null || ['number', 'string', 'boolean'].includes(typeof value);
    if (!plain) {
      reading.refuse(
        at,
        `${written}: a case takes one value of an axis; lists and maps belong below \`set\``,
      );
    }
    if (name === null || !plain || !reading.finite(written, [value as AxisValue], at)) return [];
    return [[name, value as AxisValue] as const];
  });
  return pairs.length === Object.keys(axes).length ? Object.fromEntries(pairs) : null;
}
