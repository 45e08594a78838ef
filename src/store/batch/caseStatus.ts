/** How the cases of a batch ended, as the sweep saw it: `checks/case_status.csv`. */
import fs from 'node:fs';
import { csvLine, parseCsvCells } from '../csvCells.js';
import { makeFolder, writeDurably } from '../durable.js';
import { DamagedData, hasCode } from '../error.js';
import type { BatchLayout } from './batchLayout.js';

/** How a case ends: every one in one of these ways. */
export const caseEnds = ['complete', 'failed', 'cancelled', 'lost'] as const;
export type CaseEnd = (typeof caseEnds)[number];

export interface CaseStatus {
  readonly title: string;
  readonly state: CaseEnd;
  /** Why it did not complete; null when it did. */
  readonly reason: string | null;
}

const header = ['title', 'state', 'reason'];
const cure = 'Restore it from a copy, or remove it and run the sweep command again: it writes it anew.';

/** Replaces the whole file. */
export function writeCaseStatus(layout: BatchLayout, rows: readonly CaseStatus[]): void {
  const lines = rows.map(({ title, state, reason }) => csvLine([title, state, reason ?? '']));
  makeFolder(layout.checks);
  writeDurably(layout.caseStatus, [csvLine(header), ...lines].join(''));
}

/**
 * @returns null when the batch has none: it has not ended yet, or the original program computed it
 * @throws DamagedData
 */
export function readCaseStatus(layout: BatchLayout): CaseStatus[] | null {
  const text = textOf(layout.caseStatus);
  if (text === null) return null;
  const [names, ...lines] = linesOf(layout, text);
  if (names?.join() !== header.join()) {
    throw new DamagedData(layout.caseStatus, `does not begin with ${header.join()}`, cure);
  }
  return lines.map((cells, i) => statusIn(layout, cells, i + 2));
}

function textOf(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function linesOf(layout: BatchLayout, text: string): string[][] {
  try {
    return parseCsvCells(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new DamagedData(layout.caseStatus, error.message, cure);
    throw error;
  }
}

function statusIn(layout: BatchLayout, cells: readonly string[], row: number): CaseStatus {
  const [title, state, reason] = cells;
  const end = caseEnds.find((name) => name === state);
  if (cells.length === header.length && title !== '' && end !== undefined) {
    return { title: title!, state: end, reason: reason === '' ? null : reason! };
  }
  throw new DamagedData(
    layout.caseStatus,
    `row ${row}: expected a title, one of ${caseEnds.join(', ')}, and a reason, found ${JSON.stringify(cells)}`,
    cure,
  );
}
