/** Rows of a query for people. */
import { absent, formatNumber } from './format.js';

export interface TableText {
  readonly lines: readonly string[];
  /** Columns that did not fit. */
  readonly hidden: number;
}

interface ShownColumn {
  readonly texts: readonly string[];
  readonly isNumber: boolean;
  readonly width: number;
}

const digits = 6;

/** Longest text in a cell; more would push everything else off the screen. */
const longest = 60;

const separator = '  ';

/** Stands where columns are left out. */
const mark = '…';

/**
 * Names and rows, aligned; numbers with six digits. Columns in the middle give way where the terminal is too narrow.
 * @param width of the terminal; null: as wide as it takes
 */
export function tableText(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
  width: number | null,
): TableText {
  const columns = names.map((name, c) =>
    columnOf(
      name,
      rows.map((row) => row[c]),
    ),
  );
  const shown = width === null ? columns : fitting(columns, width);
  const line = (row: number) =>
    shown
      .map((column) => padded(column, row))
      .join(separator)
      .trimEnd();
  const rule = shown.map((column) => '─'.repeat(column.width)).join(separator);
  return {
    lines: [line(0), rule, ...rows.map((_, row) => line(row + 1))],
    hidden: columns.filter((column) => !shown.includes(column)).length,
  };
}

function columnOf(name: string, values: readonly unknown[]): ShownColumn {
  const texts = [name, ...values.map(cellText)];
  const isNumber = values.every((value) => value === null || ['number', 'bigint'].includes(typeof value));
  return { texts, isNumber, width: Math.max(...texts.map((text) => text.length)) };
}

/** The first columns and the last ones, in turns, as long as they fit. */
function fitting(columns: readonly ShownColumn[], width: number): ShownColumn[] {
  const total = columns.reduce((sum, column) => sum + column.width + separator.length, -separator.length);
  if (total <= width) return [...columns];
  const [front, back]: [ShownColumn[], ShownColumn[]] = [[], []];
  let left = width - mark.length;
  for (let i = 0; i < columns.length; i++) {
    const atFront = i % 2 === 0;
    const column = atFront ? columns[front.length]! : columns[columns.length - 1 - back.length]!;
    left -= column.width + separator.length;
    if (left < 0 && front.length > 0) break;
    if (atFront) front.push(column);
    else back.unshift(column);
  }
  const gap: ShownColumn = {
    texts: columns[0]!.texts.map(() => mark),
    isNumber: false,
    width: mark.length,
  };
  return [...front, gap, ...back];
}

function padded({ texts, isNumber, width }: ShownColumn, row: number): string {
  return isNumber ? texts[row]!.padStart(width) : texts[row]!.padEnd(width);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return absent;
  if (typeof value === 'number') return numberText(value);
  const text = valueText(value).replaceAll(/\s*\n\s*/g, ' ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  return Number.isFinite(value) ? formatNumber(value, digits) : String(value);
}

/** A value as text that loses nothing. */
export function valueText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value, jsonValue) : String(value);
}

/** For JSON.stringify: whole numbers beyond doubles as text; NaN and the infinities do not exist in JSON. */
export function jsonValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
