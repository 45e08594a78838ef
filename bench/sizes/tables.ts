import type { SizeCase } from './cases.js';
import { type Measured, type Quantity, quantities } from './measure.js';

export interface Result {
  readonly of: SizeCase;
  readonly measured: readonly Measured[];
  /** On whole bins. */
  readonly whole: readonly Measured[];
  readonly failures: readonly string[];
}

const spans: readonly (readonly [number, string])[] = [
  [31557600, 'yr'],
  [86400, 'd'],
  [3600, 'h'],
  [1, 's'],
];

function shown(seconds: number): string {
  const [length, unit] = spans.find(([span]) => seconds >= span)!;
  return `${Math.round(seconds / length)} ${unit}`;
}

/** Smaller shares of all mass are nothing: their relative errors say nothing. */
const nothing = 1e-12;

/** The largest difference from the finest run at any time, in per cent of its value; of B and V also in per cent of all mass ever present. */
export function summaryTable(results: readonly Result[]): string {
  const head = ['case', 'bins', 'B', 'V', 'B, of all mass', 'V, of all mass', 'Sigma', 'tau_bound', 'tau'];
  const lines = [row(head), row(head.map(() => '---'))];
  for (const { of, measured, whole } of results) {
    const runs = [...measured].sort((a, b) => a.bins - b.bins);
    const finest = runs.at(-1);
    if (finest === undefined) continue;
    const shownRuns = [
      ...runs
        .filter(({ bins }) => bins >= 40 && bins < finest.bins)
        .map((run) => [`${run.bins}`, run] as const),
      ...whole.map((run) => [`${run.bins} whole`, run] as const),
    ];
    shownRuns.forEach(([label, run], i) => {
      const of1 = (quantity: Quantity) => worst(run, finest, quantity, false);
      const ofAll = (quantity: Quantity) => worst(run, finest, quantity, true);
      const cells = [of1('B'), of1('V'), ofAll('B'), ofAll('V'), of1('Sigma'), of1('tau_bound'), of1('tau')];
      lines.push(row([i === 0 ? of.name : '', label, ...cells]));
    });
  }
  return `${lines.join('\n')}\n`;
}

function worst(run: Measured, finest: Measured, quantity: Quantity, ofAll: boolean): string {
  const errors = run.values[quantity].map((value, i) => {
    const limit = finest.values[quantity][i]!;
    if (!(Math.abs(limit) > nothing * finest.present)) return 0;
    return (100 * Math.abs(value - limit)) / (ofAll ? finest.present : Math.abs(limit));
  });
  const largest = Math.max(...errors);
  return largest === 0 ? '–' : largest.toFixed(largest < 0.1 ? 3 : largest < 10 ? 2 : 0);
}

/** Relative differences from the finest run, and what the runs cost, as Markdown. */
export function studyTables(results: readonly Result[]): string {
  return results.map(section).join('\n');
}

function section({ of, measured, failures }: Result): string {
  const runs = [...measured].sort((a, b) => a.bins - b.bins);
  const finest = runs.at(-1);
  if (finest === undefined) return `### ${of.name}\n\n${failures.join('\n')}\n`;
  const coarser = runs.slice(0, -1);
  const head = ['', 'at', `${finest.bins} bins`, ...coarser.map(({ bins }) => `${bins}`)];
  const lines = [
    `### ${of.name}`,
    '',
    `${of.about}. Differences from ${finest.bins} bins in per cent.`,
    '',
    row(head),
    row(head.map(() => '---')),
  ];
  for (const quantity of quantities) {
    of.times.forEach((time, i) => {
      const limit = finest.values[quantity][i]!;
      if (Math.abs(limit) <= nothing * finest.present || !Number.isFinite(limit)) return;
      const errors = coarser.map(({ values }) => percent(values[quantity][i]! / limit - 1));
      lines.push(row([nameOf(quantity), shown(time), limit.toPrecision(5), ...errors]));
    });
  }
  lines.push('', row(['bins', ...runs.map(({ bins }) => `${bins}`)]), row(['---', ...runs.map(() => '---')]));
  lines.push(row(['steps + rejected', ...runs.map(({ steps, rejected }) => `${steps} + ${rejected}`)]));
  lines.push(
    row(['lowest mass / Sigma', ...runs.map(({ lowest }) => (lowest === 0 ? '0' : lowest.toExponential(0)))]),
  );
  lines.push(row(['mass error', ...runs.map(({ closure }) => closure.toExponential(0))]));
  return `${[...lines, ...failures].join('\n')}\n`;
}

const nameOf = (quantity: Quantity) => quantity;
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function percent(error: number): string {
  const value = 100 * error;
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(Math.abs(value) < 10 ? 2 : 0)}`;
}
