import { diskOf } from '../../../../src/sim/mars/disk.js';
import { intervalIndex } from '../../../../src/sim/mars/interval.js';
import type { MarsParams } from '../../../../src/sim/mars/params.js';
import { DiskRates } from '../../../../src/sim/mars/rates.js';
import { absent } from '../../../../src/sim/mars/unknowns.js';
import { diskParams } from '../../params.js';
import { feedback, heated, reservoir, supplies } from './supplies.js';

const variants: Record<string, MarsParams['supply']> = {
  ...supplies,
  everything: {
    ...supplies['power law']!,
    reservoir: reservoir(3, 0.9),
    feedback,
    temperature: heated,
    mixingTime: 3e4,
  },
};

const cases = (['whole', 'finite_volume'] as const).flatMap((remnant) =>
  Object.entries(variants).map(([name, supply]) => [`${remnant}: ${name}`, remnant, supply] as const),
);

describe.each(cases)('%s', (_, remnant, supply) => {
  const disk = diskOf(diskParams({ supply, collisions: { remnant } }));
  const { masses, coupled, size, logScale, supplied } = disk.unknowns;
  const rates = new DiskRates(disk);
  const y = Float64Array.from({ length: size }, (_, k) => (k < masses ? 1.1 + 0.3 * ((k * 7) % 5) : 0.5));
  if (logScale !== absent) y[logScale] = -0.3;
  // Within the taper of a reservoir.
  if (supplied !== absent && disk.supply.reservoir !== null) y[supplied] = 0.5 * disk.supply.reservoir.mass;
  const times = [1, 1e3, 4e6, 2e7];
  const enter = (t: number) => {
    rates.enter(intervalIndex(disk.breaks, t));
    rates.begin(t, y);
  };

  test.each(times)('the weighted total changes by the supply alone (t = %d s)', (t) => {
    enter(t);
    const out = new Float64Array(size);
    rates.rates(t, y, out);
    let [sum, gross] = [0, 0];
    out.forEach((rate, x) => {
      sum += rates.weights[x]! * rate;
      gross += Math.abs(rates.weights[x]! * rate);
    });
    expect(Math.abs(sum - rates.supply(t, y))).toBeLessThan(1e-13 * gross);
  });

  test.each(times)('Jacobian and ledger rows are derivatives (t = %d s)', (t) => {
    enter(t);
    const jacobian = new Float64Array(coupled * coupled);
    const ledgers = new Float64Array((size - coupled) * coupled);
    rates.jacobian(t, y, jacobian);
    rates.ledgerJacobian(t, y, ledgers);
    const [plus, minus] = [new Float64Array(size), new Float64Array(size)];
    for (let l = 0; l < coupled; l++) {
      const h = 1e-4 * y[l]!;
      const shifted = (by: number) => y.map((value, x) => (x === l ? value + by : value));
      rates.rates(t, shifted(h), plus);
      rates.rates(t, shifted(-h), minus);
      for (let x = 0; x < size; x++) {
        const found = x < coupled ? jacobian[x * coupled + l]! : ledgers[(x - coupled) * coupled + l]!;
        const scale = Math.max(Math.abs(plus[x]! / y[l]!), Math.abs(found), 1e-30);
        expect(Math.abs(found - (plus[x]! - minus[x]!) / (2 * h))).toBeLessThan(2e-8 * scale);
      }
    }
  });

  test.each(times)('the gradient of what reaches the surface (t = %d s)', (t) => {
    enter(t);
    const gradient = new Float64Array(coupled);
    rates.supplyGradient?.(t, y, gradient);
    for (let l = 0; l < coupled; l++) {
      const h = 1e-4 * y[l]!;
      const at = (by: number) =>
        rates.supply(
          t,
          y.map((value, x) => (x === l ? value + by : value)),
        );
      const scale = Math.max(Math.abs(at(0) / y[l]!), 1e-30);
      expect(Math.abs(gradient[l]! - (at(h) - at(-h)) / (2 * h))).toBeLessThan(2e-8 * scale);
    }
  });

  test.each(times)('time derivative (t = %d s)', (t) => {
    enter(t);
    const slope = new Float64Array(size);
    rates.timeDerivative(t, y, slope);
    const [plus, minus] = [new Float64Array(size), new Float64Array(size)];
    const h = 1e-5 * t;
    rates.rates(t + h, y, plus);
    rates.rates(t - h, y, minus);
    for (let x = 0; x < size; x++) {
      const difference = (plus[x]! - minus[x]!) / (2 * h);
      const rounding = (1e-14 * Math.max(...plus.map(Math.abs))) / h;
      expect(Math.abs(slope[x]! - difference)).toBeLessThanOrEqual(1e-5 * Math.abs(difference) + rounding);
    }
  });
});
