import type { Supply } from './params.js';

type Coupling = NonNullable<Supply['temperature']>;

/** The supply as a function of the temperature of Mars, smooth between its kinks. */
export interface TemperatureFactor {
  /** Whether it is a rate, kg m-2 s-1, in place of the law of time. */
  readonly isRate: boolean;
  /** Temperatures, ascending, at which it has a kink, K. */
  readonly kinks: readonly number[];
  /** Value and derivative at T [K] on a branch: the number of kinks below it. */
  value(T: number, branch: number): number;
  slope(T: number, branch: number): number;
}

/** Number of kinks below T: chosen from the middle of an interval, so that rounding at a kink cannot pick the wrong side. */
export function branchAt({ kinks }: TemperatureFactor, T: number): number {
  return kinks.filter((kink) => kink < T).length;
}

/** The coupling to temperature (eq. 35 of docs/physics.md). */
export function temperatureFactor(coupling: Coupling): TemperatureFactor {
  return coupling.kind === 'power' ? powerFactor(coupling) : tableFactor(coupling);
}

type Power = Extract<Coupling, { kind: 'power' }>;

function powerFactor({ reference, exponent, atReference, floor, cap }: Power): TemperatureFactor {
  const free = (T: number) => atReference * Math.exp(exponent * Math.log(T / reference));
  const where = (value: number) => reference * Math.exp(Math.log(value / atReference) / exponent);
  const limits = [floor, cap].filter((value) => value > 0 && atReference > 0 && exponent !== 0);
  const kinks = limits.map(where).sort((x, y) => x - y);
  // The side of each limit is the same on a whole branch: it is looked up away from the kinks.
  const inner = kinks.length === 0 ? [reference] : middles(kinks);
  const clipped = inner.map((T) => {
    const value = free(T);
    return value <= floor ? floor : value >= cap ? cap : null;
  });
  return {
    isRate: false,
    kinks,
    value: (T, branch) => clipped[branch] ?? free(T),
    slope: (T, branch) => (clipped[branch] === null ? (exponent * free(T)) / T : 0),
  };
}

/** A temperature on each branch. */
function middles(kinks: readonly number[]): number[] {
  return [
    kinks[0]! / 2,
    ...kinks.slice(1).map((kink, i) => (kinks[i]! + kink) / 2),
    kinks[kinks.length - 1]! * 2,
  ];
}

type Table = Extract<Coupling, { kind: 'table' }>;

/** Linear in T, ends held; a scale is clipped between the nodes too. */
function tableFactor({ of, temperatures, values, floor, cap }: Table): TemperatureFactor {
  const isRate = of === 'rate';
  const low = isRate ? 0 : floor;
  const high = isRate ? Number.POSITIVE_INFINITY : cap;
  const kinks: number[] = [];
  for (let i = 0; i < temperatures.length; i++) {
    kinks.push(temperatures[i]!);
    if (i + 1 < temperatures.length) kinks.push(...crossings(i));
  }
  function crossings(i: number): number[] {
    const [T, U, a, b] = [temperatures[i]!, temperatures[i + 1]!, values[i]!, values[i + 1]!];
    return [low, high]
      .filter((limit) => a - limit > 0 !== b - limit > 0 && a !== b && limit !== a && limit !== b)
      .map((limit) => T + (U - T) * ((limit - a) / (b - a)))
      .filter((x) => x > T && x < U)
      .sort((x, y) => x - y);
  }
  const clip = (value: number) => Math.min(Math.max(value, low), high);
  const at = (T: number) => {
    const i = Math.min(Math.max(temperatures.findIndex((node) => node > T) - 1, 0), temperatures.length - 2);
    return (
      values[i]! +
      ((values[i + 1]! - values[i]!) * (T - temperatures[i]!)) / (temperatures[i + 1]! - temperatures[i]!)
    );
  };
  // Each branch is a line through its two ends; beyond the nodes the value is held.
  const ends = kinks.map((T) => clip(temperatures.includes(T) ? values[temperatures.indexOf(T)]! : at(T)));
  const slopes = kinks.slice(1).map((T, i) => (ends[i + 1]! - ends[i]!) / (T - kinks[i]!));
  const inside = (branch: number) => branch > 0 && branch < kinks.length;
  return {
    isRate,
    kinks,
    value(T, branch) {
      if (!inside(branch)) return branch === 0 ? ends[0]! : ends[ends.length - 1]!;
      return ends[branch - 1]! + slopes[branch - 1]! * (T - kinks[branch - 1]!);
    },
    slope: (_, branch) => (inside(branch) ? slopes[branch - 1]! : 0),
  };
}
