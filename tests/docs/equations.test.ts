/** The equations of docs/physics.md and those that the code cites are the same. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const page = readFileSync('docs/physics.md', 'utf8');
const printed = [...page.matchAll(/\\tag\{(\d+)\}/g)].map(([, number]) => Number(number));

/** Files that cite an equation, by its number. */
function citations(): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(path.join('src', file), 'utf8').replaceAll(/\s*\n\s*\*?\s*/g, ' ');
    for (const [, list] of text.matchAll(/\b[Ee]qs?\. ([\d, and]+?) of docs\/physics\.md/g)) {
      for (const [number] of list!.matchAll(/\d+/g)) {
        found.set(Number(number), [...(found.get(Number(number)) ?? []), file]);
      }
    }
  }
  return found;
}

const cited = citations();

test('numbers begin with 1 and none is left out or given twice', () => {
  expect(printed).toEqual(printed.map((_, i) => i + 1));
});

test('every equation of the page is cited where the code has its formula', () => {
  expect(printed.filter((number) => !cited.has(number))).toEqual([]);
});

test('every equation that the code cites is on the page', () => {
  const unknown = [...cited].filter(([number]) => !printed.includes(number));
  expect(unknown).toEqual([]);
});

test('the page refers to no equation that it does not have', () => {
  const named = [...page.matchAll(/\beqs?\. \(?(\d+)\)?(?: and \((\d+)\))?/g)].flatMap(([, a, b]) =>
    [a, b].filter((number) => number !== undefined).map(Number),
  );
  expect(named.filter((number) => !printed.includes(number))).toEqual([]);
});
