import type { Supply } from '../../../src/sim/mars/supply/params.js';
import type { Decks } from './decks.js';

type Rate = Supply['rate'];

/** Rates whose pieces, nodes and beginnings lie within a run of that length. */
const rates: readonly ((end: number) => object | null)[] = [
  () => null,
  () => ({ kind: 'constant', value: 1e-5 }),
  () => ({ kind: 'constant', value: 2e-7 }),
  () => ({}),
  () => ({ mu: 0.3, epsilon: 0.5, orbitFraction: 0.1, referenceTau: 2 }),
  (end) => ({ kind: 'filling', time: 0.3 * end + 1e5, epsilon: 1 }),
  (end) => ({ kind: 'filling', time: 3 * end + 1e5, epsilon: 0.4 }),
  (end) => ({ kind: 'powerlaw', coefficient: 1e-2, start: -0.01 * end, exponent: -1 }),
  (end) => ({ kind: 'powerlaw', coefficient: 1e-5, start: 0.2 * end, exponent: -0.5 }),
  (end) => table(end, [0, 0.02, 0.3, 0.8], [0, 3e-5, 1e-6, 1e-5]),
  (end) => table(end, [0.1, 0.11], [2e-5, 0]),
  (end) => waves(end),
  (end) => pieces(end, [0, 0.4, constant(2e-5)], [0.2, 0.9, table(end, [0.2, 0.7], [0, 1e-5])]),
  (end) => pieces(end, [0.05, 0.3, powerLaw(1e-3, 0.04 * end)], [0.5, 0.6, constant(1e-6)]),
  (end) => pieces(end, [0.1, 2, powerLaw(1e-4, 0, -0.8)], [0, 0.1, table(end, [0, 0.1], [1e-5, 0])]),
];

const constant = (value: number): Rate => ({ kind: 'constant', value });

const powerLaw = (coefficient: number, start: number, exponent = -1): Rate => ({
  ...{ kind: 'powerlaw', coefficient, start, exponent },
});

function table(end: number, shares: readonly number[], values: readonly number[]): Rate {
  return { kind: 'table', times: shares.map((share) => share * end), rates: [...values] };
}

/** So many nodes that steps are limited instead of ending on each. */
function waves(end: number): Rate {
  const nodes = Array.from({ length: 1001 }, (_, i) => i);
  const values = nodes.map((i) => 1e-5 * (1 + Math.sin(i / 9)));
  return {
    kind: 'table',
    times: nodes.map((i) => (i * end) / 200),
    rates: values,
  };
}

function pieces(end: number, ...given: readonly (readonly [number, number, Rate])[]): object {
  return {
    kind: 'piecewise',
    pieces: given.map(([from, to, rate]) => ({ from: from * end, to: to * end, rate })),
  };
}

const injections = [
  { kind: 'min_bin', minSize: null },
  { kind: 'min_bin', minSize: 1e-4 },
  { kind: 'min_bin', minSize: 1e-2 },
  {},
  { slope: 3.2, minSize: 1e-5, maxSize: 0.5 },
  { slope: 3, minSize: 1e-6, maxSize: 0.1 },
  { kind: 'initial_psd' },
];

/** Used up within many of the runs: masses of some 1e-6 kg m-2 s-1 for a while, on a ring of 1e14 m2. */
const reservoirs: readonly ((end: number) => object)[] = [
  () => ({}),
  () => ({}),
  () => ({}),
  (end) => ({ reservoir: { mass: 1e8 * end, taper: 0 } }),
  (end) => ({ reservoir: { mass: 4e8 * end, taper: 0.3 } }),
];

const feedbacks: readonly ((end: number) => object)[] = [
  () => ({}),
  () => ({}),
  () => ({}),
  (end) => feedback({ target: 0.5, gain: 2, responseTime: 0.1 * end }),
  (end) => feedback({ target: 3, gain: 1, responseTime: 0.02 * end, min: 0.2, max: 3, initial: 0.5 }),
];

function feedback(of: object): object {
  return { feedback: { ...{ min: 1e-3, max: 10, initial: 1 }, ...of } };
}

const couplings: readonly object[] = [
  {},
  {},
  {},
  power({ reference: 3000, exponent: 3, atReference: 1, floor: 0.1, cap: 2 }),
  power({ reference: 1800, exponent: -1, atReference: 2, floor: 0, cap: 10 }),
  map({ of: 'scale', temperatures: [1800, 2600, 4000], values: [0, 2, 1], floor: 0.3, cap: 1.5 }),
  map({ of: 'rate', temperatures: [2000, 4200], values: [1e-6, 3e-5], floor: 0, cap: 10 }),
];

function power(of: object): object {
  return { temperature: { kind: 'power', ...of } };
}

function map(of: object): object {
  return { temperature: { kind: 'table', ...of } };
}

const buffers: readonly ((end: number) => object)[] = [
  () => ({}),
  () => ({}),
  (end) => ({ mixingTime: 0.05 * end }),
  (end) => ({ mixingTime: 3e3 + end }),
];

/** Supplies for runs of these lengths. */
export function supplies(decks: Decks, ends: readonly number[]): object[] {
  const laws = decks.of(...rates);
  const sizes = decks.of<object>(...injections);
  const limits = decks.of(...reservoirs);
  const regulations = decks.of(...feedbacks);
  const hot = decks.of(...couplings);
  const ways = decks.of(...buffers);
  return laws.map((law, i) => {
    const end = ends[i]!;
    const rate = law(end);
    if (rate === null) return { supply: null };
    const extras = { ...limits[i]!(end), ...regulations[i]!(end), ...hot[i], ...ways[i]!(end) };
    return { supply: { rate, injection: sizes[i], ...extras } };
  });
}
