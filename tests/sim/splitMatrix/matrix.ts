import type { Model } from '../../../src/sim/model.js';
import { type Case, casesEach, nameOf } from './cases.js';
import { type Compared, compare } from './compare.js';
import { requireCoverage } from './coverage.js';
import type { Known } from './known.js';
import { runOf } from './outcome.js';
import { handOvers } from './segmentsInMemory.js';
import { fates } from './segmentsInThread.js';
import { UncutRun } from './uncutRun.js';

// MARSDISK_SEED=7 deals other cases; MARSDISK_CASE=12 runs one, and so does MARSDISK_CASE='{"params": ...}' as a failure prints it.
const usualSeed = 1;
const seed = Number(process.env.MARSDISK_SEED ?? usualSeed);
const only = process.env.MARSDISK_CASE;

/** Cases of one model. */
export interface Suite {
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  readonly model: Model<any, any>;
  /** Test file that runs any one of them. */
  readonly file: string;
  /** Shares of equal size; each test file takes some, so that jest computes them side by side. */
  readonly parts: number;
  cases(seed: number): Case[];
  /** Cases that have found a defect. @param other for what does not matter */
  known(other: Case): Known[];
  /** What all of them together reach: cases, cut ones, and of each fate survived ones; ways in which runs of a part end. */
  readonly atLeast: {
    readonly cases: number;
    readonly cut: number;
    readonly survived: number;
    readonly ends: number;
  };
}

interface Done {
  readonly each: Case;
  readonly found: Compared;
}

/** Declares the tests of some parts of a suite. */
export function matrix(suite: Suite, ...taken: readonly number[]): void {
  const { model, parts } = suite;
  const generated = suite.cases(seed);
  const mine = generated
    .map((each, i) => [`${i} ${nameOf(each)}`, each] as const)
    .filter((_, i) =>
      only === undefined ? taken.includes(Math.floor(i / casesEach) % parts) : i === Number(only),
    );
  const given = only?.startsWith('{') === true ? [['as given', JSON.parse(only)] as const] : mine;
  const known = suite.known(generated[0]!).filter((_, i) => taken.includes(i % parts));
  const cases = only === undefined ? [...given, ...known] : given;
  const done: Done[] = [];

  describe('a run cut and resumed in any way is the uncut run, bit for bit', () => {
    test.each(cases)('%s', async (_, each) => {
      const found = await compare(each, model, await uncutRun(model, each.params));
      done.push({ each, found });
      if (found.differences.length > 0) throw new Error(report(suite.file, each, found));
    });

    afterAll(() => {
      const segments = done.reduce((sum, { found }) => sum + found.segments, 0);
      process.stderr.write(
        `split matrix of ${model.name}, ${taken.length} of ${parts} parts: ${done.length} cases in ${segments} segments (of ${generated.length} cases, seed ${seed})\n`,
      );
    });
  });
  if (only === undefined && seed === usualSeed)
    covers(suite, generated, done, mine.length / generated.length);
}

function report(file: string, each: Case, { differences }: Compared): string {
  return (
    `${differences.join('\n')}\n\nthis case alone:\nMARSDISK_CASE='${JSON.stringify(each)}' ` +
    `NODE_OPTIONS=--experimental-vm-modules npx jest ${file}`
  );
}

let last: { readonly key: string; readonly run: Promise<UncutRun> } | null = null;

/** Cases of one configuration follow each other. */
function uncutRun(model: Suite['model'], params: unknown): Promise<UncutRun> {
  const key = JSON.stringify(params);
  if (last?.key !== key) last = { key, run: UncutRun.of(runOf(model, params)) };
  return last.run;
}

/** That the cases are what the matrix promises; of its parts, each its share. */
function covers({ model, atLeast }: Suite, generated: readonly Case[], done: readonly Done[], taken: number) {
  const share = (count: number) => Math.floor(count * taken);
  describe('the matrix covers', () => {
    test(`at least ${atLeast.cases} cases, most of them cut`, () => {
      expect(generated.length).toBeGreaterThanOrEqual(atLeast.cases);
      expect(done.length).toBeGreaterThanOrEqual(share(generated.length));
      expect(done.filter(({ found }) => found.segments > 1).length).toBeGreaterThanOrEqual(
        share(atLeast.cut),
      );
    });

    test('every option of the model, several times', () => {
      const all = generated.filter((_, i) => i % casesEach === 0).map(({ params }) => params);
      requireCoverage(model.params, all);
    });

    test('every kind of resume, with each kind of cut and each format', () => {
      const met = new Set(
        generated.flatMap(({ resume, cut, format }) => [`${resume}, ${cut.kind}`, `${resume}, ${format}`]),
      );
      const kinds = [...new Set(generated.map(({ cut }) => cut.kind)), 'binary', 'json'];
      const pairs = [...handOvers, ...fates].flatMap((resume) => kinds.map((kind) => `${resume}, ${kind}`));
      expect(pairs.filter((pair) => !met.has(pair))).toEqual([]);
    });

    test.each(['killed', 'parts lost', 'history lost'])('%s, and survived', (fate) => {
      const survived = done.filter(({ each, found }) => each.resume === fate && found.survived > 0);
      expect(survived.length).toBeGreaterThanOrEqual(share(atLeast.survived));
    });

    test('runs that end in several ways', () => {
      expect(new Set(done.map(({ found }) => found.stopReason)).size).toBeGreaterThanOrEqual(atLeast.ends);
    });
  });
}
