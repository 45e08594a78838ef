import type { Conserved, Status } from '../sim/model.js';
import { figureText, labelOf, withoutDoubled } from './figureLabels.js';
import { formatBytes, formatCount, formatNumber, formatTime } from './format.js';

/** What the end-of-run report needs; every number of it is also in summary.json. */
export interface RunSummary {
  readonly title: string;
  readonly identity: string;
  readonly model: string;
  readonly version: string;
  readonly status: Status;
  readonly conserved: readonly Conserved[];
  readonly segments: number;
  /** How often the run was taken up again, or a segment repeated. */
  readonly restarts: number;
  /** Whether engines with different mathematics have computed it. */
  readonly engineChanged: boolean;
  readonly warnings: readonly string[];
  /** The ledgers of a model that has them, Mars masses. */
  readonly M_loss_rp_mars?: number | null;
  readonly M_loss_from_sublimation?: number | null;
  readonly M_loss_gas_drag?: number | null;
  readonly M_loss_hydro_escape?: number | null;
  readonly mass_supplied?: number | null;
  readonly mass_initial?: number | null;
  readonly mass_remaining?: number | null;
}

/** A file of the run; `path` as the reader should type it. */
export interface ListedFile {
  readonly path: string;
  readonly rows?: number;
  readonly bytes?: number;
}

type Line = readonly [string, string];

/** Stop reasons in words; one that is not listed appears as it is. */
const reasonText: Readonly<Record<string, string>> = {
  t_end: 'planned end',
  temperature_stop: 'Mars has cooled to the stop temperature',
  blowout_below_grid: 'blow-out size has fallen to the bottom of the grid',
  tau_exceeded: 'optical depth above the stop value',
  loss_rate_below_threshold: 'loss rate below the threshold',
  mass_budget_exceeded: 'mass budget missed by more than allowed',
};

function aligned(lines: readonly Line[]): string[] {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

function runLines(summary: RunSummary): Line[] {
  const { status } = summary;
  const reason =
    status.stopReason === null ? 'not ended' : (reasonText[status.stopReason] ?? status.stopReason);
  const restarts = summary.restarts === 0 ? '' : `, ${formatCount(summary.restarts)} restarted`;
  return [
    ['Model time', `${formatTime(status.time, 4)} (${reason})`],
    ['Steps', `${formatCount(status.steps)} in ${counted(summary.segments, 'segment')}${restarts}`],
  ];
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** What the total loss consists of; sinks that took nothing are not mentioned, unless they are those of every run. */
const losses = [
  { text: '  blown out', key: 'M_loss_rp_mars', always: true },
  { text: '  sublimed', key: 'M_loss_from_sublimation', always: true },
  { text: '  dragged away by gas', key: 'M_loss_gas_drag', always: false },
  { text: '  escaped as vapour', key: 'M_loss_hydro_escape', always: false },
] as const;

/** Names of the total loss among the watched figures. */
const lossTotals: readonly string[] = ['M_loss', 'M_loss_cum'];

const budget = [
  ['Mass supplied', 'mass_supplied'],
  ['Mass at the start', 'mass_initial'],
  ['Mass at the end', 'mass_remaining'],
] as const;

function massText(value: number | null): string {
  return figureText({ name: 'M_loss', unit: 'M_Mars', value });
}

/** What is watched during the run; behind the total loss its parts. */
function figureLines(summary: RunSummary): Line[] {
  const parts = losses.flatMap(({ text, key, always }): Line[] => {
    const value = summary[key];
    return value === undefined || (value === 0 && !always) ? [] : [[text, massText(value)]];
  });
  return withoutDoubled(summary.status.figures, summary.conserved).flatMap((figure) => {
    const line: Line = [labelOf(figure.name).text, figureText(figure)];
    return lossTotals.includes(figure.name) ? [line, ...parts] : [line];
  });
}

function budgetLines(summary: RunSummary): Line[] {
  return budget.flatMap(([name, key]): Line[] => {
    const value = summary[key];
    return value === undefined ? [] : [[name, massText(value)]];
  });
}

function conservedLine(quantity: Conserved): Line {
  const verdict = quantity.error <= quantity.limit ? 'within' : 'ABOVE';
  return [
    `Largest error of ${quantity.name}`,
    `${formatNumber(quantity.error, 2)} (${verdict} ${quantity.limit})`,
  ];
}

function fileLines(files: readonly ListedFile[]): string[] {
  const lines: Line[] = files.map((file) => {
    const rows = file.rows === undefined ? '' : `${formatCount(file.rows)} rows`;
    const bytes = file.bytes === undefined ? '' : formatBytes(file.bytes);
    return [file.path, [rows, bytes].filter((text) => text !== '').join(', ')];
  });
  return aligned(lines).map((line) => line.trimEnd());
}

const engineRemark =
  'computed by engines whose mathematics differ in last bits: not the same to the last bit as an uninterrupted run';

/** The report that ends a run on the terminal: what came out, how well mass was kept, and where the files are. */
export function summaryText(summary: RunSummary, files: readonly ListedFile[]): string {
  const results: Line[] = [
    ...runLines(summary),
    ...figureLines(summary),
    ...budgetLines(summary),
    ...summary.conserved.map(conservedLine),
  ];
  const engines = summary.engineChanged ? [engineRemark] : [];
  const remarks = [...summary.warnings, ...summary.status.notes, ...engines].map((note) => `  ! ${note}`);
  const head = `${summary.title}: ${summary.model} ${summary.version}, identity ${summary.identity.slice(0, 12)}`;
  const blocks = [[head, ...aligned(results)]];
  if (remarks.length > 0) blocks.push(['Remarks', ...remarks]);
  if (files.length > 0) blocks.push(['Files', ...fileLines(files)]);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}
