/**
 * The study of the size resolution: every case of `cases.ts` with 20 to 320 (640) bins, printed as the tables of docs/size-resolution.md. Takes
 * many minutes; what is finished is kept in the file that is named and not computed again.
 *
 *     npm run study:sizes -- FILE [BINS ...]
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { sizeCases } from './cases.js';
import { type Measured, measure, paramsOf } from './measure.js';
import { studyTables } from './tables.js';

const [file, ...asked] = process.argv.slice(2);
if (file === undefined)
  throw new Error('name a file for the results: npm run study:sizes -- FILE [BINS ...]');
const bins = asked.length > 0 ? asked.map(Number) : [20, 40, 80, 160, 320];

interface Entry {
  readonly name: string;
  readonly measured?: Measured;
  readonly bins: number;
  readonly failure?: string;
}

const known: Entry[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

for (const n of bins) {
  for (const each of sizeCases) {
    if (known.some((entry) => entry.name === each.name && entry.bins === n)) continue;
    const entry = await take(each, n);
    known.push(entry);
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
    process.stderr.write(
      `${each.name}, ${n} bins: ${entry.failure ?? `${entry.measured!.seconds.toFixed(1)} s`}\n`,
    );
  }
}
const results = sizeCases.map((each) => ({
  of: each,
  measured: known.flatMap((entry) => (entry.name === each.name && entry.measured ? [entry.measured] : [])),
  failures: known.flatMap((entry) => (entry.name === each.name && entry.failure ? [entry.failure] : [])),
}));
process.stdout.write(studyTables(results));

async function take(each: (typeof sizeCases)[number], n: number): Promise<Entry> {
  const params = await paramsOf(each, 'finite_volume', n);
  try {
    return { name: each.name, bins: n, measured: measure(params, each.times) };
  } catch (error) {
    return { name: each.name, bins: n, failure: `${n} bins: ${(error as Error).message}` };
  }
}
