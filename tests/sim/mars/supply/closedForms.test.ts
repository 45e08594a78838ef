import type { Supply } from '../../../../src/sim/mars/supply/params.js';
import { wholeRun } from '../../../reference/runs.js';
import { diskParams } from '../../params.js';
import { reservoir, supplies } from './supplies.js';

/** A ring in which nothing happens but the supply, at 3000 K. */
const still = (extras: Partial<Supply>) =>
  wholeRun(
    diskParams({
      supply: { ...supplies.constant!, ...extras },
      collisions: { enabled: false },
      blowout: { enabled: false },
      sublimation: null,
      temperature: { kind: 'constant', value: 3000 },
      stops: { end: 1e6 },
      solver: { rtol: 1e-8 },
    }),
  ).rows;

const rate = 2e-5;
const last = (values: readonly number[]) => values.at(-1)!;

test('a deep buffer fills as 1 - exp(-t/t_mix), and the surface gets the rest', () => {
  const rows = still({ mixingTime: 3e5 });
  const deep = rate * 3e5 * -Math.expm1(-1e6 / 3e5);
  expect(last(rows.column('run', 'sigma_deep')) / deep).toBeCloseTo(1, 8);
  const Sigma = rows.column('run', 'Sigma_surf');
  expect((last(Sigma) - Sigma[0]!) / (rate * 1e6 - deep)).toBeCloseTo(1, 8);
});

test('coupled to T_M: the factor multiplies, is clipped, and empties a reservoir when it must', () => {
  const temperature = { kind: 'power', reference: 1500, exponent: 2, atReference: 1, floor: 0 } as const;
  const P = (extras: Partial<Supply>) => last(still(extras).column('run', 'Sigma_supplied'));
  expect(P({ temperature: { ...temperature, cap: 10 } }) / (4 * rate * 1e6)).toBeCloseTo(1, 10);
  expect(P({ temperature: { ...temperature, cap: 3 } }) / (3 * rate * 1e6)).toBeCloseTo(1, 10);
  const rows = still({ temperature: { ...temperature, cap: 10 }, reservoir: reservoir(20) });
  expect(last(rows.column('run', 'Sigma_supplied'))).toBeCloseTo(20, 12);
  const fraction = rows.column('run', 'supply_reservoir_fraction');
  const emptied = rows.column('run', 'time')[fraction.indexOf(0)]!;
  expect(emptied / (20 / (4 * rate))).toBeCloseTo(1, 9);
  expect(Math.min(...fraction)).toBe(0);
});

test('feedback: the scale grows while tau is below its target, to its limit and no further', () => {
  const feedback = { target: 1e9, gain: 1, responseTime: 2e5, min: 0.1, max: 5, initial: 1 };
  const rows = still({ feedback });
  const capped = 2e5 * Math.log(5);
  expect(last(rows.column('run', 'supply_feedback_scale'))).toBeCloseTo(5, 9);
  const P = rate * (2e5 * 4 + 5 * (1e6 - capped));
  expect(last(rows.column('run', 'Sigma_supplied')) / P).toBeCloseTo(1, 6);
});

test('feedback: with blow-out as the loss the optical depth comes to its target', () => {
  const feedback = { target: 0.02, gain: 1, responseTime: 1e5, min: 1e-6, max: 1e3, initial: 1 };
  const params = diskParams({
    supply: { ...supplies.constant!, injection: { kind: 'min_bin', minSize: null }, feedback },
    collisions: { enabled: false },
    sublimation: null,
    tau0: 0.01,
    temperature: { kind: 'constant', value: 4000 },
    stops: { end: 1e7 },
  });
  const rows = wholeRun(params).rows;
  expect(last(rows.column('run', 'tau')) / 0.02).toBeCloseTo(1, 4);
});
