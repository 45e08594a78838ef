import type { Conserved, Status } from '../sim/model.js';
import { figureText, labelOf, withoutDoubled } from './figureLabels.js';
import { formatCount, formatNumber, formatTime } from './format.js';
import { percentText, shareDone } from './progressLine.js';

/** Where the segments of a run stand; times in s of model time. */
export interface SegmentPlace {
  /** Index of the segment that has just been accepted. */
  readonly segment: number;
  readonly fromTime: number;
  readonly toTime: number;
}

/** A vertical bar would end the cell, a line break the row. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

function row(name: string, value: string): string {
  return `| ${cell(name.trim())} | ${cell(value)} |`;
}

/**
 * Markdown for the server's web page: a table of where the run stands, then the remarks a user must see.
 * A pure function of the status, so a segment that is computed again shows the same text.
 */
export function currentDetails(
  status: Status,
  place: SegmentPlace,
  conserved: readonly Conserved[] = [],
): string {
  const progress = status.done
    ? `complete (${status.stopReason ?? 'end'})`
    : percentText(shareDone({ time: status.time, end: status.end }));
  const lines = [
    '| | |',
    '|---|---|',
    row('Progress', progress),
    row('Model time', `${formatTime(status.time)} of ${formatTime(status.end)}`),
    row('Segment', `${place.segment}: ${formatTime(place.fromTime)} → ${formatTime(place.toTime)}`),
    row('Steps', formatCount(status.steps)),
    ...withoutDoubled(status.figures, conserved).map((figure) =>
      row(labelOf(figure.name).text, figureText(figure)),
    ),
    ...conserved.map((quantity) =>
      row(
        `Largest error of ${quantity.name}`,
        `${formatNumber(quantity.error, 2)} (limit ${quantity.limit})`,
      ),
    ),
  ];
  if (status.notes.length > 0) lines.push('', ...status.notes.map((note) => `- ${note}`));
  return `${lines.join('\n')}\n`;
}
