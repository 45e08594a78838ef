import { existsSync, readFileSync } from 'node:fs';
import { pageOf } from './page.js';
import { figurePath, pagePath, recordPath } from './places.js';
import { driftOf, type Record } from './record.js';
import type { Chapter } from './section.js';

/**
 * Recomputes the quick chapters and compares them with the committed record; compares the page with the record and looks for the figures.
 * @returns one line for each finding; none when all is well
 */
export async function checkPage(chapters: readonly Chapter[]): Promise<string[]> {
  const record: Record = JSON.parse(readFileSync(recordPath, 'utf8'));
  const lines: string[] = [];
  if (readFileSync(pagePath, 'utf8') !== pageOf(record)) {
    lines.push('docs/validation.md is not what docs/validation.json says: run npm run validate');
  }
  const [known, now] = [record, chapters].map((list) => list.map(({ id }) => id).join(' '));
  if (known !== now) lines.push(`the page has the chapters ${known}; there are ${now}: run npm run validate`);
  for (const { file } of record.flatMap(({ figures }) => figures)) {
    if (!existsSync(figurePath(file))) lines.push(`docs/figures/${file} is missing: run npm run validate`);
  }
  for (const chapter of chapters.filter(({ quick }) => quick)) {
    const section = await chapter.compute();
    lines.push(
      ...driftOf(
        section,
        record.find(({ id }) => id === chapter.id),
      ),
    );
  }
  return lines;
}
