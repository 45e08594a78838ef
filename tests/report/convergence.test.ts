import { type ConvergenceRun, convergenceOf } from '../../src/report/convergence.js';
import { convergenceText, quotedNumbers } from '../../src/report/convergenceText.js';

/** A run whose numbers have known errors in the bins. */
function run(bins: number, rtol: number, errors: Record<string, number>): ConvergenceRun {
  const values = Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, 5 * (1 + error)]));
  return { bins, rtol, steps: 100, rejected: 3, values: { mass_supplied: 7, M_loss: 0, ...values } };
}

const second = (bins: number) => 0.16 / bins ** 2;

const runs = [
  run(20, 1e-6, { tau_last: second(20), Sigma_surf: 0.01, tau_max: -0.02 }),
  run(40, 1e-6, { tau_last: second(40), Sigma_surf: -0.01, tau_max: -0.01 }),
  run(80, 1e-6, { tau_last: second(80), Sigma_surf: 0.02, tau_max: -0.01 }),
  run(40, 1e-7, { tau_last: second(40) + 3e-7, Sigma_surf: -0.01, tau_max: -0.01 }),
];

const found = convergenceOf(runs, 40);
const numberOf = (name: string) => found.numbers.find((number) => number.name === name)!;

describe('errors from runs of one configuration', () => {
  test('an order and a limit are found where they are', () => {
    const { order, resolution, tolerance } = numberOf('tau_last');
    expect(order).toBeCloseTo(2, 6);
    expect(resolution! / second(40)).toBeCloseTo(1, 6);
    expect(tolerance! / -3e-7).toBeCloseTo(1, 3);
  });

  test('no order where values go up and down, or do not change: the largest difference from a finer run', () => {
    expect(numberOf('Sigma_surf')).toMatchObject({ order: null });
    expect(numberOf('Sigma_surf').resolution).toBeCloseTo(1 - 0.99 / 1.02, 12);
    expect(numberOf('tau_max')).toMatchObject({ order: null, resolution: 0 });
    expect(numberOf('mass_supplied')).toMatchObject({ order: null, resolution: 0, tolerance: 0 });
  });

  test('no order where the limit of a mass or a depth would be negative', () => {
    const values = [2.2756, 1.1727, 0.31442, 1.1727];
    const far = [20, 40, 80, 40].map((bins, i) =>
      run(bins, i === 3 ? 1e-7 : 1e-6, { tau_last: values[i]! / 5 - 1 }),
    );
    const number = convergenceOf(far, 40).numbers.find(({ name }) => name === 'tau_last')!;
    expect(number.order).toBeNull();
    expect(number.resolution).toBeCloseTo(1.1727 / 0.31442 - 1, 9);
  });

  test('numbers that a run does not have are left out', () => {
    expect(found.numbers.map(({ name }) => name)).toEqual([
      ...['M_loss', 'mass_supplied', 'Sigma_surf', 'tau_max', 'tau_last'],
    ]);
  });

  test('with a fourth run the error is that of the asked bins, not of the finest but one', () => {
    const finer = convergenceOf(
      [...runs.slice(0, 3), run(160, 1e-6, { tau_last: second(160) }), runs[3]!],
      40,
    );
    const { order, resolution } = finer.numbers.find(({ name }) => name === 'tau_last')!;
    expect(order).toBeCloseTo(2, 6);
    expect(resolution! / second(40)).toBeCloseTo(1, 6);
  });
});

test('what the errors do not show stands below table and quotation', () => {
  const caveat = 'the scheme has a limit of its own';
  expect(convergenceText('disk', { ...found, caveat }, {})).toMatch(
    / 40 bins\.\n! the scheme has a limit of its own\n$/,
  );
  expect(quotedNumbers({ ...found, caveat }, {}).at(-1)).toBe(`  ! ${caveat}`);
  expect(convergenceText('disk', found, {})).not.toContain('!');
});

test('table and quotation', () => {
  expect(convergenceText('disk', found, { Sigma_surf: 'kg m-2' }).split('\n').slice(0, 9)).toEqual([
    'disk: 40 size bins, rtol 1e-6',
    '',
    '                     20 bins  40 bins  80 bins  error at 40  order  rtol 1e-6',
    'M_loss                     0        0        0          0 %      –        0 %',
    'mass_supplied              7        7        7          0 %      –        0 %',
    'Sigma_surf [kg m-2]     5.05     4.95      5.1       ±2.9 %      –        0 %',
    'tau_max                  4.9     4.95     4.95          0 %      –        0 %',
    'tau_last               5.002   5.0005   5.0001      +0.01 %    2.0    −3e-5 %',
    'steps                    100      100      100                            100',
  ]);
  expect(quotedNumbers(found, { Sigma_surf: 'kg m-2' })[2]).toMatch(
    /^ {2}Sigma_surf +4\.95 kg\/m2 +±2\.9 % by 40 bins +0 % by the tolerance$/,
  );
});
