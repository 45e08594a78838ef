import { diskOf } from '../../../../src/sim/mars/disk.js';
import { intervalIndex } from '../../../../src/sim/mars/interval.js';
import type { MarsParams } from '../../../../src/sim/mars/params.js';
import { DiskRates } from '../../../../src/sim/mars/rates.js';
import { rateAt } from '../../../../src/sim/mars/supply/law.js';
import { diskParams } from '../../params.js';

const volume = { collisions: { remnant: 'finite_volume' as const } };

const variants: Record<string, MarsParams> = {
  'everything on': diskParams(volume),
  'flat fragments, many cells that grow': diskParams({
    collisions: { ...volume.collisions, alphaFrag: 4 },
    eccentricity: 0.001,
    inclination: 0.01,
    relativeVelocity: 'ohtsuki',
  }),
  'no blow-out, liquid': diskParams({ ...volume, blowout: { enabled: false }, temperature: { start: 4400 } }),
  'no collisions, supply into the floor': diskParams({
    collisions: { ...volume.collisions, enabled: false },
    supply: { injection: { kind: 'min_bin', minSize: null } },
  }),
  'fine cells': diskParams({ ...volume, sizes: { bins: 60 } }),
};

/** Masses in many shapes: rises, falls, peaks, a sharp end, an empty cell. */
const profiles: Record<string, (k: number, count: number) => number> = {
  'up and down': (k) => 0.1 + ((k * 7) % 5),
  'steep rise': (k) => 1e-6 * 2 ** k,
  'steep fall, sharp end': (k, count) => (k === count ? 1e-3 : 3 ** -k),
  'empty cells': (k) => (k % 4 === 0 ? 0 : 1 + 0.1 * k),
};

describe.each(Object.entries(variants))('%s', (_, params) => {
  const disk = diskOf(params);
  const { masses, size } = disk.unknowns;
  const rates = new DiskRates(disk);
  const times = [0, 1e3, 4e6, 2e7];

  describe.each(Object.entries(profiles))('%s', (_name, profile) => {
    const y = Float64Array.from({ length: size }, (_, k) => (k < masses ? profile(k, masses - 1) : 0));

    test.each(times)('what leaves the cells is in the ledgers, up to the supply (t = %d s)', (t) => {
      rates.enter(intervalIndex(disk.breaks, t));
      const out = new Float64Array(size);
      rates.rates(t, y, out);
      const gross = out.reduce((sum, rate) => sum + Math.abs(rate), 0);
      const net = out.reduce((sum, rate) => sum + rate, 0);
      expect(Math.abs(net - rateAt(disk.supply.law, 0))).toBeLessThan(1e-13 * gross);
    });

    test.each(times)('Jacobian and ledger rows are derivatives (t = %d s)', (t) => {
      rates.enter(intervalIndex(disk.breaks, t));
      const jacobian = new Float64Array(masses * masses);
      const ledgers = new Float64Array(2 * masses);
      rates.jacobian(t, y, jacobian);
      rates.ledgerJacobian(t, y, ledgers);
      for (let l = 0; l < masses; l++) {
        const derivative = centralDifference(rates, t, y, l);
        if (derivative === null) continue;
        for (let x = 0; x < size; x++) {
          const found = x < masses ? jacobian[x * masses + l] : ledgers[(x - masses) * masses + l];
          const { value, uncertainty } = derivative[x];
          expect(Math.abs(found - value)).toBeLessThanOrEqual(3 * uncertainty);
        }
      }
    });

    test.each(times)('time derivative (t = %d s)', (t) => {
      rates.enter(intervalIndex(disk.breaks, t));
      const slope = new Float64Array(size);
      rates.timeDerivative(t, y, slope);
      const [plus, minus] = [new Float64Array(size), new Float64Array(size)];
      const h = 100;
      rates.rates(t + h, y, plus);
      rates.rates(t - h, y, minus);
      const rounding = Math.max(...plus.map(Math.abs)) * 1e-15;
      for (let x = 0; x < size; x++) {
        const difference = (plus[x] - minus[x]) / (2 * h);
        expect(Math.abs(slope[x] - difference)).toBeLessThanOrEqual(1e-5 * Math.abs(difference) + rounding);
      }
    });
  });
});

/** d rates/d y_l by two steps, and how well they agree; null on a kink of the slopes (an empty cell, an extremum). */
function centralDifference(rates: DiskRates, t: number, y: Float64Array, l: number) {
  if (y[l] === 0) return null;
  const at = (change: number) => {
    const out = new Float64Array(y.length);
    rates.rates(
      t,
      y.map((m, k) => (k === l ? m + change : m)),
      out,
    );
    return out;
  };
  const h = 1e-4 * y[l];
  const base = at(0);
  const [near, far] = [
    [at(h), at(-h)],
    [at(2 * h), at(-2 * h)],
  ] as const;
  const scale = Math.max(...base.map(Math.abs)) / y[l];
  return Array.from(base, (rate, x) => {
    const first = (near[0][x] - near[1][x]) / (2 * h);
    const second = (far[0][x] - far[1][x]) / (4 * h);
    const oneSided = Math.abs(near[0][x] + near[1][x] - 2 * rate) / h;
    const rounding = (1e-12 * Math.abs(rate)) / h + 1e-13 * scale;
    return { value: first, uncertainty: Math.abs(second - first) + rounding + 1e-3 * oneSided };
  });
}
