/**
 * The study of the size resolution: every case of `cases.ts` with 20 to 320 (640) bins, printed as the tables of docs/size-resolution.md. Takes
 * many minutes; what is finished is kept in the file that is named and not computed again.
 *
 *     npm run study:sizes -- FILE [BINS ...]
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { sizeCases } from './cases.js';
import { type Measured, measure, paramsOf, type Scheme } from './measure.js';
import { studyTables, summaryTable } from './tables.js';

const [file, ...asked] = process.argv.slice(2);
if (file === undefined)
  throw new Error('name a file for the results: npm run study:sizes -- FILE [BINS ...]');
const bins = asked.length > 0 ? asked.map(Number) : [20, 40, 80, 160, 320];

interface Entry {
  readonly name: string;
  readonly measured?: Measured;
  readonly bins: number;
  /** Finite volumes unless it says so. */
  readonly scheme?: Scheme;
  readonly failure?: string;
}

const known: Entry[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

/** What 40 whole bins give, beside it. */
const wholeBins = 40;

const wanted = [
  ...bins.map((n) => ({ n, scheme: 'finite_volume' as const })),
  { n: wholeBins, scheme: 'whole' as const },
];
const schemeOf = ({ scheme = 'finite_volume' }: Entry) => scheme;

for (const { n, scheme } of wanted) {
  for (const each of sizeCases) {
    const same = (entry: Entry) => entry.name === each.name && entry.bins === n && schemeOf(entry) === scheme;
    if (known.some(same)) continue;
    const entry = await take(each, n, scheme);
    known.push(entry);
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
    const took = entry.failure ?? `${entry.measured!.seconds.toFixed(1)} s`;
    process.stderr.write(`${each.name}, ${n} bins: ${took}\n`);
  }
}
const results = sizeCases.map((each) => {
  const own = known.filter(({ name }) => name === each.name);
  const measured = (scheme: Scheme) =>
    own.flatMap((entry) => (entry.measured && schemeOf(entry) === scheme ? [entry.measured] : []));
  return {
    of: each,
    measured: measured('finite_volume'),
    whole: measured('whole'),
    failures: own.flatMap(({ failure }) => failure ?? []),
  };
});
process.stdout.write(`${summaryTable(results)}\n${studyTables(results)}`);

async function take(each: (typeof sizeCases)[number], n: number, scheme: Scheme): Promise<Entry> {
  const params = await paramsOf(each, scheme, n);
  try {
    return { name: each.name, bins: n, scheme, measured: measure(params, each.times) };
  } catch (error) {
    return { name: each.name, bins: n, scheme, failure: `${n} bins: ${(error as Error).message}` };
  }
}
