import { diskOf } from '../../../src/sim/mars/disk.js';
import { intervalBranches, intervalIndex } from '../../../src/sim/mars/interval.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { DiskRates } from '../../../src/sim/mars/rates.js';
import { ramp } from '../../../src/sim/mars/regime.js';
import { opticalDepth } from '../../../src/sim/mars/totals.js';
import { absent } from '../../../src/sim/mars/unknowns.js';
import { diskParams } from '../params.js';

/** Between its thresholds, 3000 and 4500 K on Mars, while Mars cools from 4000 to 3900 K. */
const phase: NonNullable<MarsParams['phase']> = {
  temperatureRatio: 1,
  condense: 3000,
  vaporize: 4500,
  referencePressure: 1,
  pressure: 1e4,
  referenceTau: 1,
  sublimesAsMelt: false,
};
const escaping = { strength: 1e-5, exponent: 1.5, reference: 2000, leastFraction: 1e-3 };
const everything: Partial<MarsParams> = { phase, escape: escaping, gasDrag: { density: 1e-9, size: null } };

/** What is switched, and the optical depth at which it is half switched. */
const variants: Record<string, { params: MarsParams; tau: number }> = {
  'solid or vapour': { params: diskParams(everything), tau: depthOf(0.495) },
  'vapour or melt': {
    params: diskParams({
      ...everything,
      phase: { ...phase, condense: 1000, vaporize: 4010, referencePressure: 0 },
    }),
    tau: depthOf(0.945, 1000, 4010, 0),
  },
  'melt that sublimes, any phase blown out': {
    params: diskParams({
      ...everything,
      phase: { ...phase, condense: 1000, vaporize: 4010, referencePressure: 0, sublimesAsMelt: true },
      blowout: { anyPhase: true },
    }),
    tau: depthOf(0.945, 1000, 4010, 0),
  },
  'blow-out gated by optical depth': { params: diskParams({ blowout: { tauGate: 2 } }), tau: 1.99 },
  'gate and phase at once': {
    params: diskParams({ ...everything, blowout: { tauGate: depthOf(0.495) * 1.005 } }),
    tau: depthOf(0.495),
  },
  'supply through a deep buffer with feedback': {
    params: diskParams({
      ...everything,
      supply: {
        feedback: { target: 1, gain: 1, responseTime: 1e6, min: 0.1, max: 10, initial: 2 },
        mixingTime: 1e5,
        reservoir: { mass: 1e20, taper: 0.9 },
      },
    }),
    tau: depthOf(0.495),
  },
  'on finite volumes': {
    params: diskParams({ ...everything, collisions: { remnant: 'finite_volume' } }),
    tau: depthOf(0.495),
  },
  'time alone decides': {
    params: diskParams({ ...everything, phase: { ...phase, referenceTau: null } }),
    tau: 3,
  },
};

/** The optical depth at which 4000 K gives a vapour fraction. */
function depthOf(fraction: number, condense = 3000, vaporize = 4500, pressure = 1): number {
  return (4000 - condense) / (vaporize - condense) / (pressure > 0 ? 1.1 : 1) / fraction - 1;
}

describe.each(Object.entries(variants))('%s', (name, { params, tau }) => {
  const disk = diskOf(params);
  const { unknowns } = disk;
  const { masses, coupled, size } = unknowns;
  const rates = new DiskRates(disk);
  const y = new Float64Array(size);
  for (let k = 0; k < masses; k++) y[k] = 0.1 + ((k * 7) % 5);
  const scale = tau / opticalDepth(disk, y);
  for (let k = 0; k < masses; k++) y[k] *= scale;
  if (unknowns.logScale !== absent) y[unknowns.logScale] = 0.3;
  if (unknowns.deep !== absent) y[unknowns.deep] = 0.02;
  if (unknowns.supplied !== absent) y[unknowns.supplied] = 2e5;
  rates.enter(intervalIndex(disk.breaks, 0));
  rates.begin(0, y);

  const at = (t: number, state: Float64Array) => {
    const out = new Float64Array(size);
    rates.rates(t, state, out);
    return out;
  };

  test('is half switched there', () => {
    at(0, y);
    const { supply, collisions, blowout } = rates.regulation!.gates;
    const half = [supply, collisions, blowout].some((share) => share > 0.1 && share < 0.9);
    expect(half).toBe(name !== 'time alone decides');
  });

  test('the weighted sum of all rates is the supply that is known', () => {
    const out = at(0, y);
    const gross = out.reduce((sum, rate) => sum + Math.abs(rate), 0);
    const net = out.reduce((sum, rate, x) => sum + rates.weights[x] * rate, 0);
    expect(Math.abs(net - rates.supply(0, y))).toBeLessThan(1e-13 * gross);
  });

  test('Jacobian and ledger rows are derivatives', () => {
    const jacobian = new Float64Array(coupled * coupled);
    const ledgers = new Float64Array((size - coupled) * coupled);
    rates.jacobian(0, y, jacobian);
    rates.ledgerJacobian(0, y, ledgers);
    for (let l = 0; l < coupled; l++) {
      const h = Math.min(1e-4 * y[l], l < masses ? (1e-6 * tau) / disk.depths[l] : 1);
      const moved = (by: number) =>
        at(
          0,
          y.map((value, x) => (x === l ? value + by : value)),
        );
      const [plus, minus] = [moved(h), moved(-h)];
      for (let x = 0; x < size; x++) {
        const found = x < coupled ? jacobian[x * coupled + l] : ledgers[(x - coupled) * coupled + l];
        const difference = (plus[x] - minus[x]) / (2 * h);
        const rounding = (1e-13 * (Math.abs(plus[x]) + gross(rates, y, x))) / h;
        expect(Math.abs(found - difference)).toBeLessThanOrEqual(1e-6 * Math.abs(found) + rounding);
      }
    }
  });

  test('time derivative', () => {
    const slope = new Float64Array(size);
    rates.timeDerivative(0, y, slope);
    // One-sided: the interval begins at 0.
    const h = 30;
    const [zero, one, two] = [at(0, y), at(h, y), at(2 * h, y)];
    for (let x = 0; x < size; x++) {
      const difference = (4 * one[x] - 3 * zero[x] - two[x]) / (2 * h);
      const rounding = (2e-15 * (Math.abs(zero[x]) + gross(rates, y, x))) / h;
      expect(Math.abs(slope[x] - difference)).toBeLessThanOrEqual(1e-3 * Math.abs(difference) + rounding);
    }
  });
});

/** What an unknown's rate is the small difference of, at most: collisions turn over more than they leave. */
function gross(rates: DiskRates, y: Float64Array, x: number): number {
  const jacobian = new Float64Array(rates.coupled ** 2);
  if (x >= rates.coupled) return 0;
  rates.jacobian(0, y, jacobian);
  let sum = 0;
  for (let l = 0; l < rates.coupled; l++) sum += Math.abs(jacobian[x * rates.coupled + l] * y[l]);
  return sum;
}

describe('what is open', () => {
  const gatesAt = (T: number, tau: number, changes: Partial<MarsParams> = {}) => {
    const params = diskParams({
      phase,
      escape: escaping,
      temperature: { kind: 'constant', value: T },
      ...changes,
    });
    const disk = diskOf(params);
    const rates = new DiskRates(disk);
    rates.enter(0);
    const y = new Float64Array(disk.unknowns.size);
    y.set(disk.initialMasses.map((mass) => (mass * tau) / params.tau0));
    rates.rates(0, y, new Float64Array(y.length));
    return rates.regulation!.gates;
  };

  test.each([
    ['solid', 2900, 1, { collisions: 1, blowout: 1, sublimation: 1, supply: 1, escape: 0 }],
    ['damped to solid by dust', 4400, 5, { collisions: 1, blowout: 1, sublimation: 1, supply: 1, escape: 0 }],
    ['vapour', 4400, 0.2, { collisions: 1, blowout: 0, sublimation: 1, supply: 0 }],
    ['melt', 4600, 5, { collisions: 0, blowout: 0, sublimation: 0, supply: 0 }],
  ])('%s', (_, T, tau, expected) => {
    expect(gatesAt(T, tau)).toMatchObject(expected);
  });

  test('vapour escapes in proportion to its fraction and to a power of the temperature', () => {
    expect(gatesAt(4600, 1).escape).toBeCloseTo(1e-5 * 2.3 ** 1.5, 18);
    const f = (4400 - 3000) / 1500 / 1.1 / 1.2;
    expect(gatesAt(4400, 0.2).escape).toBeCloseTo(1e-5 * 2.2 ** 1.5 * f, 18);
  });

  test('melt sublimes where that is allowed; what is no melt is blown out where any phase is', () => {
    expect(gatesAt(4600, 1, { phase: { ...phase, sublimesAsMelt: true } }).sublimation).toBe(1);
    const blowout = { ...diskParams().blowout, anyPhase: true as const };
    expect(gatesAt(4400, 0.2, { blowout }).blowout).toBe(1);
    expect(gatesAt(4600, 0.2, { blowout }).blowout).toBe(0);
  });

  test('blow-out waits while there is too much dust', () => {
    const blowout = { ...diskParams().blowout, tauGate: 2 };
    const open = (tau: number) => gatesAt(2900, tau, { blowout }).blowout;
    expect([1.97, 2, 100].map(open)).toEqual([1, 0, 0]);
  });

  test('the branch is that of the interval', () => {
    const params = diskParams({ phase, stops: { end: 3e8 }, temperature: { start: 5000 } });
    const disk = diskOf(params);
    const branches = Array.from(disk.breaks, (_, i) => intervalBranches(disk, i).phase);
    expect([...new Set(branches)]).toEqual(['all vapour', 'by optical depth', 'all solid']);
    const timed = diskOf({ ...params, phase: { ...phase, referenceTau: null } });
    const sorted = Array.from(timed.breaks, (_, i) => intervalBranches(timed, i).phase);
    // Pressure holds the fraction below 0.91 between the thresholds: no melt there.
    expect([...new Set(sorted)]).toEqual(['all vapour', 'vapour', 'solid', 'all solid']);
  });
});

test('a ramp ends at its limit, smoothly', () => {
  expect([0.48, 0.49, 0.495, 0.5, 0.6].map((x) => ramp(x, 0.5, 0.01).value)).toEqual([
    0,
    expect.closeTo(0, 12),
    expect.closeTo(0.5, 12),
    1,
    1,
  ]);
  expect(ramp(0.495, 0.5, 0.01).slope).toBeCloseTo(150, 9);
});

test('what a ramp leaves has all its digits where it ends', () => {
  const { value, rest } = ramp(0.5 - 1e-12, 0.5, 0.01);
  expect(value).toBe(1);
  expect(rest / 3e-20).toBeCloseTo(1, 3);
  expect(ramp(0.494, 0.5, 0.01).value + ramp(0.494, 0.5, 0.01).rest).toBeCloseTo(1, 15);
});
