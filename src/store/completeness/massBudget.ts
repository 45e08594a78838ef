import fs from 'node:fs';
import readline from 'node:readline';

/**
 * Holds every line of checks/mass_budget.csv against the limit that it names itself. Memory: a line.
 * @returns what is wrong, or null
 */
export async function budgetProblem(file: string): Promise<string | null> {
  const lines = readline.createInterface({
    input: fs.createReadStream(file, { encoding: 'utf8' }),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  try {
    let columns: readonly string[] | null = null;
    let row = 0;
    for await (const line of lines) {
      if (columns === null) columns = line.split(',');
      else if (line !== '') {
        row += 1;
        const problem = lineProblem(columns, line.split(','), row);
        if (problem !== null) return problem;
      }
    }
    return row === 0 ? 'holds no rows' : null;
  } finally {
    lines.close();
  }
}

function lineProblem(columns: readonly string[], cells: readonly string[], row: number): string | null {
  if (cells.length !== columns.length) {
    return `row ${row} has ${cells.length} cells, its header has ${columns.length}`;
  }
  const numberIn = (name: string) => Number(cells[columns.indexOf(name)] || Number.NaN);
  const error = numberIn('error_percent');
  const limit = numberIn('tolerance_percent');
  if (Number.isNaN(error) || Number.isNaN(limit)) {
    return `row ${row} has no number for error_percent or tolerance_percent`;
  }
  return Math.abs(error) <= limit
    ? null
    : `row ${row}: the mass budget is off by ${error} %, allowed are ${limit} %`;
}
