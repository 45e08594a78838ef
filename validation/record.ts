import { holds, isWithin, type Row } from './row.js';
import type { Section } from './section.js';

/** What docs/validation.json keeps of a chapter: all of it but the pictures' lines. */
export interface RecordedSection extends Omit<Section, 'figures'> {
  readonly figures: readonly { readonly file: string; readonly caption: string }[];
}

export type Record = readonly RecordedSection[];

/** More digits than any tolerance needs and fewer than engines differ in. */
const digits = 12;

export function recordOf(sections: readonly Section[]): Record {
  return sections.map((section) => ({
    id: section.id,
    title: section.title,
    text: section.text,
    rows: section.rows.map((row) => ({ ...row, got: Number(row.got.toPrecision(digits)) })),
    figures: section.figures.map(({ file, caption }) => ({ file, caption })),
  }));
}

/** Everything a recomputed chapter says differently from the recorded one, each as one line that names the row. */
export function driftOf(section: Section, recorded: RecordedSection | undefined): string[] {
  if (recorded === undefined) return [`${section.id}: the page does not have this chapter`];
  const found = new Map(section.rows.map((row) => [row.key, row]));
  const lines = recorded.rows
    .filter(({ key }) => !found.has(key))
    .map(({ key }) => `${section.id}: ${key} is on the page and is no longer computed`);
  const known = new Map(recorded.rows.map((row) => [row.key, row]));
  for (const row of section.rows) lines.push(...rowDrift(section.id, row, known.get(row.key)));
  if (section.title !== recorded.title || section.text !== recorded.text) {
    lines.push(`${section.id}: its text has changed`);
  }
  return lines;
}

function rowDrift(section: string, row: Row, recorded: Row | undefined): string[] {
  const name = `${section}: ${row.key}`;
  const lines: string[] = [];
  if (!holds(row)) {
    lines.push(
      `${name} is ${row.got} ${row.unit}, expected ${JSON.stringify(row.expected)} within ${limit(row)}`,
    );
  }
  if (recorded === undefined) return [...lines, `${name} is not on the page`];
  if (!isWithin(row.got, recorded.got, row.drift)) {
    lines.push(`${name} has drifted: ${row.got} ${row.unit}, on the page ${recorded.got}`);
  }
  const said = ({ got, ...rest }: Row) => JSON.stringify(rest);
  if (said(row) !== said(recorded)) lines.push(`${name}: what is said about it has changed`);
  return lines;
}

const limit = ({ tolerance }: Row) =>
  'absolute' in tolerance ? String(tolerance.absolute) : `${tolerance.relative} relative`;
