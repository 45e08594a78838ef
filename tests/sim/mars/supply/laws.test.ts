import { rateAt, type SupplyLaw, suppliedAt } from '../../../../src/sim/mars/supply/law.js';
import { lawOfRate } from '../../../../src/sim/mars/supply/lawOfRate.js';
import type { Supply } from '../../../../src/sim/mars/supply/params.js';
import { limitedLaw, timeOfSupply } from '../../../../src/sim/mars/supply/reservoir.js';

const ring = { opacity: 0.45, lineOfSight: 2, radius: 6.27e6 };
const law = (rate: Supply['rate']) => lawOfRate(rate, ring);

const table = { kind: 'table', times: [-10, 0, 30, 100], rates: [5, 1, 4, 2] } as const;
const wave = Array.from({ length: 1500 }, (_, i) => 1 + Math.sin(i / 40));
const laws: Record<string, SupplyLaw> = {
  constant: law({ kind: 'constant', value: 3e-6 }),
  table: law({ ...table, times: [...table.times], rates: [...table.rates] }),
  'table that begins late': law({ kind: 'table', times: [20, 40], rates: [0, 8] }),
  'table with many nodes': law({ kind: 'table', times: wave.map((_, i) => i / 10), rates: wave }),
  'power law': law({ kind: 'powerlaw', coefficient: 2, start: -3, exponent: -1.5 }),
  'power law, logarithm': law({ kind: 'powerlaw', coefficient: 2, start: 10, exponent: -1 }),
  'power law, nearly a logarithm': law({ kind: 'powerlaw', coefficient: 2, start: 10, exponent: -1 + 1e-13 }),
  'power law, rising': law({ kind: 'powerlaw', coefficient: 2, start: 25, exponent: 0.5 }),
  pieces: law({
    kind: 'piecewise',
    pieces: [
      { from: 20, to: 50, rate: { kind: 'constant', value: 4 } },
      { from: -5, to: 60, rate: { kind: 'powerlaw', coefficient: 1, start: 30, exponent: -0.5 } },
      { from: 90, to: 120, rate: { kind: 'table', times: [80, 100], rates: [0, 4] } },
    ],
  }),
};
laws['reservoir, hard stop'] = limitedLaw(laws.table!, 150, 0);
laws['reservoir, taper'] = limitedLaw(laws.table!, 150, 0.4);
laws['reservoir, taper from the start'] = limitedLaw(laws.constant!, 1e-5, 1);

/** Gauss-Legendre, 5 points in each of many panels: independent of every closed form. */
function quadrature(f: (t: number) => number, from: number, to: number): number {
  const nodes = [0, 0.5384693101056831, 0.906179845938664];
  const weights = [0.5688888888888889, 0.47862867049936647, 0.23692688505618908];
  const panels = 4000;
  const half = (to - from) / panels / 2;
  let sum = 0;
  for (let p = 0; p < panels; p++) {
    const middle = from + (2 * p + 1) * half;
    sum += weights[0]! * f(middle);
    for (const i of [1, 2])
      sum += weights[i]! * (f(middle - nodes[i]! * half) + f(middle + nodes[i]! * half));
  }
  return sum * half;
}

describe.each(Object.entries(laws))('%s', (_, each) => {
  test('the supplied mass is the integral of the rate, to 1e-12', () => {
    const ends = [...each.starts, 130].filter((t) => t <= 130);
    let sum = 0;
    ends.slice(1).forEach((to, i) => {
      const from = ends[i]!;
      // A power law is steep for a second after its start; the test of derivatives covers it.
      const smooth = each.pieces[i]!.name.startsWith('powerlaw') ? from + 1 : from;
      sum += smooth > from ? suppliedAt(each, smooth) - suppliedAt(each, from) : 0;
      sum += quadrature((t) => each.pieces[i]!.rate(t), smooth, to);
      expect(Math.abs(suppliedAt(each, to) - sum)).toBeLessThanOrEqual(1e-12 * Math.max(sum, 1e-30));
    });
    expect(suppliedAt(each, 0)).toBe(0);
  });

  test('slopes are derivatives, and rates those of the supplied mass', () => {
    each.pieces.forEach((piece, i) => {
      const to = Math.min(each.starts[i + 1] ?? 200, 200);
      if (to - piece.from < 1e-3) return; // too short for differences of times
      const t = piece.from + 0.7 * (to - piece.from);
      const h = 1e-4 * (to - piece.from);
      const slope = (piece.rate(t + h) - piece.rate(t - h)) / (2 * h);
      const rate = (piece.amount(t + h) - piece.amount(t - h)) / (2 * h);
      expect(Math.abs(piece.slope(t) - slope)).toBeLessThanOrEqual(
        1e-5 * Math.abs(slope) + (1e-9 * piece.rate(t)) / h,
      );
      expect(Math.abs(piece.rate(t) - rate)).toBeLessThanOrEqual(1e-5 * rate + (1e-15 * piece.amount(t)) / h);
    });
  });
});

test('tables are linear between nodes and held beyond them', () => {
  const each = laws.table!;
  expect([0, 15, 30, 65, 100, 1e9].map((t) => rateAt(each, t))).toEqual([1, 2.5, 4, 3, 2, 2]);
  expect(rateAt(laws['table that begins late']!, 3)).toBe(0);
  expect(each.breaks).toEqual([30, 100]);
});

test('a table with many nodes limits the step instead of ending one on each', () => {
  const each = laws['table with many nodes']!;
  expect(each.breaks).toEqual([]);
  expect(each.longestStep).toBeCloseTo(0.1, 12);
});

test('pieces: the first that holds counts, zero where there is none, jumps are breaks', () => {
  const each = laws.pieces!;
  const at = (t: number) => rateAt(each, t);
  expect([0, 19, 25, 49.9, 65, 89.9]).toEqual([0, 19, 25, 49.9, 65, 89.9]);
  expect([at(0), at(19), at(25), at(49.9), at(65), at(89.9)]).toEqual([0, 0, 4, 4, 0, 0]);
  expect(at(55)).toBeCloseTo(1 / 5, 10);
  expect(at(95)).toBeCloseTo(3, 12);
  expect(at(110)).toBe(4);
  expect(at(120)).toBe(0);
  expect(each.breaks).toEqual([20, 50, 60, 90, 100, 120]);
});

test('a power law supplies what it must from the first instant on, however late it begins', () => {
  for (const start of [0, 10, 1e9]) {
    const each = law({ kind: 'powerlaw', coefficient: 2, start, exponent: -1 });
    for (const t of [start + 1e3, start + 1e8]) {
      expect(suppliedAt(each, t) / (2 * Math.log((t - start + 1e-12) / 1e-12))).toBeCloseTo(1, 12);
    }
    expect(rateAt(each, start + 1e-10) * 1e-6).toBeLessThan(100);
  }
});

test('rules of the start: epsilon multiplies, the line of sight divides the reference, filling is to tau = 1', () => {
  const rule = { kind: 'orbit', mu: 2, orbitFraction: 0.05, referenceTau: 1, epsilon: 0.5 } as const;
  const rate = rateAt(law(rule), 0);
  expect(rateAt(law({ ...rule, epsilon: 1 }), 0)).toBeCloseTo(2 * rate, 20);
  expect(rateAt(lawOfRate(rule, { ...ring, lineOfSight: 6 }), 0)).toBeCloseTo(rate / 3, 20);
  expect(rateAt(law({ kind: 'filling', time: 1e5, epsilon: 1 }), 0) * 1e5 * ring.opacity).toBeCloseTo(1, 14);
});

test('a hard stop leaves nothing, at the time that the integral says', () => {
  const each = laws['reservoir, hard stop']!;
  // 75 kg until 30 s, then 4 - (t - 30)/35 kg/s: 4 x - x^2/70 = 75.
  const time = 30 + 140 - Math.sqrt(140 ** 2 - 70 * 75);
  expect(timeOfSupply(laws.table!, 150)).toBeCloseTo(time, 9);
  expect(each.breaks.at(-1)).toBeCloseTo(time, 9);
  expect(suppliedAt(each, 1e9)).toBe(150);
  expect(rateAt(each, each.breaks.at(-1)!)).toBe(0);
  expect(limitedLaw(laws.constant!, 1e30, 0)).toBe(laws.constant);
});

test('a taper leaves an exponential rest that never ends and is never negative', () => {
  const each = laws['reservoir, taper from the start']!;
  for (const t of [0.1, 1, 10, 100]) {
    expect(1e-5 - suppliedAt(each, t)).toBeCloseTo(1e-5 * Math.exp(-0.3 * t), 18);
    expect(rateAt(each, t)).toBeCloseTo(3e-6 * Math.exp(-0.3 * t), 18);
  }
  const later = laws['reservoir, taper']!;
  for (const t of [50, 100, 130, 1e3, 1e6]) expect(suppliedAt(later, t)).toBeLessThanOrEqual(150);
  expect(rateAt(later, 1e3)).toBeGreaterThan(0);
});
