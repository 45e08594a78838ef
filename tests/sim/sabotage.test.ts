import { marsDisk } from '../../src/sim/mars/model.js';
import { registerModel } from '../../src/sim/models.js';
import { diskParams } from './params.js';
import {
  type AnyModel,
  changingRows,
  changingStates,
  firstRows,
  losing,
  shorteningSteps,
  tellingTime,
  withoutSigns,
} from './sabotage/spoiled.js';
import { signedWalk, type Walk } from './signedWalk.js';
import { type Case, generateCases, nameOf } from './splitMatrix/cases.js';
import { compare } from './splitMatrix/compare.js';
import { runOf } from './splitMatrix/outcome.js';
import { UncutRun } from './splitMatrix/uncutRun.js';

/**
 * Each test spoils a model on purpose and asserts that the comparison of the split matrix goes red. MARSDISK_SHOW_RED=1 turns the
 * assertion off, so that the reds themselves are seen: every test then fails with what the comparison says.
 */
function expectRed(red: string | null): void {
  if (process.env.MARSDISK_SHOW_RED === '1' && red !== null) throw new Error(`red, as it must be:\n${red}`);
  expect(red).not.toBeNull();
}

const resumes = new Set(['bytes', 'fields', 'checkpoint file', 'parts', 'stored states', 'killed']);

/** Cases of the matrix in which a state travels, cut into several segments; quick ones. */
const travelling = generateCases(1, 90).filter(({ resume, params }) => {
  const { solver, sizes } = params as ReturnType<typeof diskParams>;
  return resumes.has(resume) && sizes.bins <= 20 && solver.rtol >= 1e-7;
});

/** Segments of so many steps, states through bytes. */
function steps(params: unknown, ...lengths: number[]): Case {
  return {
    ...{ params, cut: { kind: 'steps', lengths }, resume: 'bytes' },
    ...{ format: 'binary', batchRows: 50, recoverySteps: 10 },
  };
}

let registered = 0;

/** What the comparison says of the first case that goes red, or null. */
async function firstRed(
  cases: readonly Case[],
  spoil: (params: unknown) => AnyModel,
  real: AnyModel = marsDisk,
): Promise<string | null> {
  for (const each of cases) {
    // A compute thread finds a model by its name.
    const spoiled = { ...spoil(each.params), name: `spoiled ${registered++}` };
    registerModel(spoiled);
    const uncut = await UncutRun.of(runOf(real, each.params));
    const red = await compare(each, spoiled, uncut).then(
      ({ differences }) => differences.join('\n'),
      (error) => `${error}`,
    );
    if (red !== '') return `${nameOf(each)}\n${red}`;
  }
  return null;
}

const params = diskParams({
  temperature: {
    kind: 'table',
    times: [0, 1e3, 1e5, 3e6, 3e7],
    temperatures: [3500, 3000, 4100, 2500, 2900],
  },
  output: { every: { kind: 'interval', seconds: 1e6 } },
});
const plain = steps(params, 60);

test('without sabotage the comparison is green', async () => {
  expect(await firstRed([plain, ...travelling.slice(0, 3)], () => marsDisk)).toBeNull();
});

describe('a field dropped from the encoded state', () => {
  const { scalars, arrays } = marsDisk.fields(marsDisk.initial(params));
  test.each([...Object.keys(scalars), ...Object.keys(arrays)])('%s', async (field) => {
    expectRed(await firstRed([plain, ...travelling], (own) => losing(marsDisk, own, field)));
  });

  const elements = Object.entries(arrays).flatMap(([field, { length }]) =>
    Array.from({ length }, (_, i) => [field, i] as const),
  );
  test.each(elements)('%s[%i] alone', async (field, i) => {
    const short = travelling.filter((each) => (each.params as typeof params).sizes.bins + 2 > i);
    expectRed(await firstRed([plain, ...short], (own) => losing(marsDisk, own, field, i)));
  });
});

test.each(['times', 'interval'])('a step shortened to a boundary (%s)', async (kind) => {
  const cases = travelling.filter(({ cut }) => cut.kind === kind);
  expectRed(await firstRed(cases, () => shorteningSteps(marsDisk)));
});

describe('a clock in the state', () => {
  test('in a ledger', async () => {
    expectRed(
      await firstRed([plain], () =>
        tellingTime(marsDisk, (state, clock) => {
          const y = state.y.slice();
          y[y.length - 1] *= 1 + 1e-12 * clock;
          return { ...state, y };
        }),
      ),
    );
  });

  test('in the length of a step', async () => {
    expectRed(
      await firstRed([plain], () =>
        tellingTime(marsDisk, (state, clock) => ({ ...state, step: state.step * (1 + 1e-12 * clock) })),
      ),
    );
  });
});

describe('rows at the cut', () => {
  const everyStep = steps(diskParams({ sublimation: null }), 60);
  const spoilt = {
    'two rows change places': firstRows(2, 0, (rows) => rows.reverse()),
    'a row is lost': firstRows(1, 0, () => []),
    'a row comes twice': firstRows(1, 0, ([row]) => [row!, row!]),
    'a row of the mass budget is lost': firstRows(1, 3, () => []),
    'a -0 loses its sign': withoutSigns,
  };
  test.each(Object.entries(spoilt))('%s', async (_, change) => {
    expectRed(await firstRed([everyStep], () => changingRows(marsDisk, change)));
  });
});

describe('what a state may lose on its way, in a model that has it', () => {
  const walk = steps({ end: 60 }, 7);
  const spoilt: Record<string, (state: Walk) => Walk> = {
    'the sign of a zero': (state) => ({ ...state, sign: state.sign + 0 }),
    'a NaN becomes a number': (state) => ({ ...state, farAt: Number.isNaN(state.farAt) ? -1 : state.farAt }),
    'the stream of random numbers': (state) => ({ ...state, seed: 1 }),
    'the last bit of a number': (state) => ({ ...state, place: state.place.map(lastBitFlipped) }),
  };
  test('nothing: green', async () => {
    expect(await firstRed([walk], () => signedWalk, signedWalk)).toBeNull();
  });

  test.each(Object.entries(spoilt))('%s', async (_, change) => {
    expectRed(await firstRed([walk], () => changingStates(signedWalk, change), signedWalk));
  });
});

function lastBitFlipped(value: number): number {
  const bits = new BigUint64Array(Float64Array.of(value).buffer);
  return new Float64Array(BigUint64Array.of(bits[0]! ^ 1n).buffer)[0]!;
}
