import { type Columns, TableError } from './columns.js';

const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};

function numberIn(cell: string, line: number, name: string): number {
  const text = cell.trim();
  const value = words[text.toLowerCase()] ?? (text === '' ? Number.NaN : Number(text));
  if (Number.isNaN(value) && text.toLowerCase() !== 'nan') {
    throw new TableError(`line ${line}, column ${name}: ${JSON.stringify(text)} is not a number`);
  }
  return value;
}

/**
 * Reads a table of numbers: one header line, commas, empty lines and lines that start with # skipped.
 * @throws TableError naming line and column.
 */
export function parseCsv(text: string): Columns {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.trimStart().startsWith('#'));
  const header = lines.shift();
  if (!header) throw new TableError('is empty');
  const names = header.content.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new TableError(`line ${header.line}: column ${twice} appears twice`);
  const columns = names.map(() => [] as number[]);
  for (const { content, line } of lines) {
    const cells = content.split(',');
    if (cells.length !== names.length) {
      throw new TableError(`line ${line} has ${cells.length} values, the header has ${names.length} columns`);
    }
    for (const [i, cell] of cells.entries()) columns[i]!.push(numberIn(cell, line, names[i]!));
  }
  return { names, rows: lines.length, column: (name) => columns[names.indexOf(name)]! };
}
