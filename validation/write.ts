import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pageOf } from './page.js';
import { figurePath, pagePath, recordPath } from './places.js';
import { recordOf } from './record.js';
import { holds } from './row.js';
import type { Chapter, Section } from './section.js';

/**
 * Recomputes every chapter and writes the page, its record and its figures, whether or not all rows hold.
 * @param say is told each chapter with its CPU time
 */
export async function writePage(
  chapters: readonly Chapter[],
  say: (line: string) => void,
): Promise<{ rows: number; wrong: string[] }> {
  const sections: Section[] = [];
  for (const chapter of chapters) {
    const before = process.cpuUsage();
    sections.push(await chapter.compute());
    const { user, system } = process.cpuUsage(before);
    say(`${chapter.id}: ${((user + system) / 1e6).toFixed(1)} s CPU`);
  }
  const record = recordOf(sections);
  mkdirSync(dirname(figurePath('x')), { recursive: true });
  for (const figure of sections.flatMap((section) => section.figures)) {
    writeFileSync(figurePath(figure.file), `${await figure.draw()}\n`);
  }
  writeFileSync(recordPath, `${JSON.stringify(record, null, 1)}\n`);
  writeFileSync(pagePath, pageOf(record));
  const rows = record.flatMap((section) => section.rows);
  const wrong = rows.filter((row) => !holds(row));
  return {
    rows: rows.length,
    wrong: wrong.map((row) => `${row.key}: ${row.got} instead of ${JSON.stringify(row.expected)}`),
  };
}
