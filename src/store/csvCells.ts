/** CSV of texts as RFC 4180 has it: commas, double quotes, `\n` behind every line; read with `\r\n`, too. */

/** One line, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: string): string {
  return /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A quoted cell, or a bare one; then what ends it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;

/**
 * The cells of every line; empty lines are skipped.
 * @throws SyntaxError naming the line of a quote that is never closed, or stands inside of a bare cell
 */
export function parseCsvCells(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    cellPattern.lastIndex = at;
    const match = cellPattern.exec(text);
    if (match === null) {
      throw new SyntaxError(`line ${text.slice(0, at).split('\n').length}: a double quote stands alone`);
    }
    const [found, inQuotes, bare, end] = match;
    at += found.length;
    cells.push(inQuotes === undefined ? bare! : inQuotes.replaceAll('""', '"'));
    if (end === ',' && at < text.length) continue;
    if (end === ',') cells.push('');
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
    cells = [];
  }
  return lines;
}
