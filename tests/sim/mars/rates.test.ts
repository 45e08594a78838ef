import { diskOf } from '../../../src/sim/mars/disk.js';
import { intervalIndex } from '../../../src/sim/mars/interval.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { DiskRates } from '../../../src/sim/mars/rates.js';
import { rateAt } from '../../../src/sim/mars/supply/law.js';
import { WholeBins } from '../../../src/sim/mars/wholeBins.js';
import { diskParams } from '../params.js';

const variants: Record<string, MarsParams> = {
  'everything on': diskParams(),
  'lower edge, smallest bin': diskParams({
    blowout: { partialBin: 'lower_edge' },
    supply: { injection: { kind: 'min_bin', minSize: null } },
  }),
  'no blow-out, liquid': diskParams({ blowout: { enabled: false }, temperature: { start: 4400 } }),
  'no collisions, gas pressure': diskParams({
    collisions: { enabled: false },
    sublimation: { gasPressure: 1e-3 },
  }),
  'nothing but collisions': diskParams({ sublimation: null, supply: null, blowout: { enabled: false } }),
};

describe.each(Object.entries(variants))('%s', (_, params) => {
  const disk = diskOf(params);
  const { bins } = disk.grid;
  const size = bins + 2;
  const rates = new DiskRates(disk);
  const y = Float64Array.from({ length: size }, (_, k) => (k < bins ? 0.1 + ((k * 7) % 5) : 0));
  const times = [0, 1e3, 4e6, 2e7];

  test.each(times)('what leaves the bins is in the ledgers, up to the supply (t = %d s)', (t) => {
    rates.enter(intervalIndex(disk.breaks, t));
    const out = new Float64Array(size);
    rates.rates(t, y, out);
    const gross = out.reduce((sum, rate) => sum + Math.abs(rate), 0);
    const net = out.reduce((sum, rate) => sum + rate, 0);
    expect(Math.abs(net - rateAt(disk.supply.law, 0))).toBeLessThan(1e-13 * gross);
  });

  test.each(times)('Jacobian and ledger rows are derivatives (t = %d s)', (t) => {
    rates.enter(intervalIndex(disk.breaks, t));
    const jacobian = new Float64Array(bins * bins);
    const ledgers = new Float64Array(2 * bins);
    rates.jacobian(t, y, jacobian);
    rates.ledgerJacobian(t, y, ledgers);
    const [plus, minus] = [new Float64Array(size), new Float64Array(size)];
    for (let l = 0; l < bins; l++) {
      rates.rates(
        t,
        y.map((m, k) => (k === l ? m + 0.05 : m)),
        plus,
      );
      rates.rates(
        t,
        y.map((m, k) => (k === l ? m - 0.05 : m)),
        minus,
      );
      for (let x = 0; x < size; x++) {
        const found = x < bins ? jacobian[x * bins + l] : ledgers[(x - bins) * bins + l];
        const scale = Math.max(Math.abs(plus[x]), Math.abs(found), 1e-30);
        expect(Math.abs(found - (plus[x] - minus[x]) / 0.1)).toBeLessThan(1e-10 * scale);
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

test('log_fraction: the straddled bin leaves by its share in log size; lower_edge: whole', () => {
  const disk = diskOf(diskParams({ temperature: { kind: 'constant', value: 4000 } }));
  const a = disk.blowoutRoot.at(4000);
  const full = 1 / disk.blowoutTime;
  const shares = [...disk.grid.edges.slice(0, -1)].map((edge, k) =>
    Math.min(Math.max(Math.log(a / edge) / Math.log(disk.grid.edges[k + 1] / edge), 0), 1),
  );
  expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
  const partial = new WholeBins(disk);
  partial.at(0);
  partial.blowout.forEach((rate, k) => {
    expect(rate).toBeCloseTo(full * shares[k], 15);
  });
  const params = diskParams({
    temperature: { kind: 'constant', value: 4000 },
    blowout: { partialBin: 'lower_edge' },
  });
  const whole = new WholeBins(diskOf(params));
  whole.at(0);
  whole.blowout.forEach((rate, k) => {
    expect(rate).toBe(shares[k] > 0 ? full : 0);
  });
});
