import type { ConvergedNumber, Convergence } from './convergence.js';
import { figureText } from './figureLabels.js';
import { absent, formatCount, formatNumber } from './format.js';

/** The table of `marsdisk converge`. @param units of the numbers, by name */
export function convergenceText(
  title: string,
  convergence: Convergence,
  units: Readonly<Record<string, string>>,
): string {
  const { runs, numbers, bins, rtol, tight } = convergence;
  const ladder = runs.slice(0, -1);
  const head = [
    '',
    ...ladder.map((run) => `${run.bins} bins`),
    `error at ${bins}`,
    'order',
    `rtol ${exponent(rtol)}`,
  ];
  const rows = numbers.map((number) => [
    `${number.name}${units[number.name] ? ` [${units[number.name]}]` : ''}`,
    ...number.byBins.map((value) => formatNumber(value, 5)),
    errorText(number),
    number.order === null ? absent : number.order.toFixed(1),
    percent(number.tolerance),
  ]);
  const steps = [
    'steps',
    ...ladder.map((run) => formatCount(run.steps)),
    '',
    '',
    formatCount(runs.at(-1)!.steps),
  ];
  return [
    `${title}: ${bins} size bins, rtol ${exponent(rtol)}`,
    '',
    ...aligned([head, ...rows, steps]),
    '',
    `error at ${bins}: value over the limit of infinitely many bins, less 1, where the runs show an order; ± the largest difference from a finer`,
    `run where they do not, which is no bound. Last column: ${exponent(rtol)} against ${exponent(tight)}, ${bins} bins.`,
    ...(convergence.caveat === undefined ? [] : [`! ${convergence.caveat}`]),
    '',
  ].join('\n');
}

/** A stored result in the report of a run: each headline number with its errors. */
export function quotedNumbers(
  { numbers, bins, caveat }: Convergence,
  units: Readonly<Record<string, string>>,
): string[] {
  const lines = numbers.map((number) => {
    const value = figureText({ name: number.name, unit: units[number.name] ?? '', value: number.value });
    return [
      number.name,
      value,
      `${errorText(number)} by ${bins} bins`,
      `${percent(number.tolerance)} by the tolerance`,
    ];
  });
  return [...aligned(lines), ...(caveat === undefined ? [] : [`! ${caveat}`])].map((line) => `  ${line}`);
}

function errorText({ order, resolution }: ConvergedNumber): string {
  if (resolution === null) return absent;
  if (resolution === 0) return '0 %';
  return order === null ? `±${percent(Math.abs(resolution)).replace('+', '')}` : percent(resolution);
}

/** Two significant digits, with sign. */
function percent(share: number | null): string {
  if (share === null) return absent;
  if (share === 0) return '0 %';
  const value = 100 * share;
  return `${value > 0 ? '+' : '−'}${formatNumber(Math.abs(value), 2)} %`;
}

const exponent = (value: number) => value.toExponential().replace('e+', 'e');

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) =>
    row
      .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd(),
  );
}
