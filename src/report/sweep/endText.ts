/** The last words of a sweep. */
import { formatCount } from '../format.js';
import { legendLines } from './grid.js';
import { reasonLines } from './reasons.js';
import type { SweepStanding } from './standing.js';
import { stateInk, titled, type View } from './statusText.js';

/** What the end of a sweep has written, as the reader should type it, and what he may do next. */
export interface SweepEnd {
  /** Paths with what they hold. */
  readonly files: readonly { readonly path: string; readonly holds: string }[];
  /** Command that computes what is missing; null: nothing is. */
  readonly goOn: string | null;
  /** Commands worth typing, with what they do. */
  readonly next: readonly { readonly command: string; readonly does: string }[];
  /** What a person must know, e.g. that a hook failed. */
  readonly remarks: readonly string[];
}

/** Counts by state, why cases did not complete, where the results are, and the command that goes on. Ends with a line break. */
export function sweepEndText(standing: SweepStanding, end: SweepEnd, view: Omit<View, 'now'>): string {
  const { tag, state, counts, cases } = standing;
  const { columns, paint } = view;
  const whole = `${formatCount(counts.complete)} of ${formatCount(cases.length)} cases complete`;
  const blocks = [
    [
      `${paint(tag, 'bold')}: ${paint(state, stateInk[state])}, ${whole}`,
      ...(counts.complete === cases.length ? [] : legendLines(counts, columns, paint)),
    ],
    titled('Not complete', reasonLines(cases, columns, paint)),
    titled(
      'Remarks',
      end.remarks.map((remark) => `  ! ${remark}`),
    ),
    titled('Files', aligned(end.files.map(({ path, holds }) => [path, holds]))),
    titled('Compute what is missing', end.goOn === null ? [] : [`  ${end.goOn}`]),
    titled('Next', aligned(end.next.map(({ command, does }) => [command, does]))),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** Paths and commands are for copying: never cut. */
function aligned(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
}
