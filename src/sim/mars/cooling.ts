import { day, stefanBoltzmann } from './constants.js';
import type { MarsParams } from './params.js';

/** Surface temperature of Mars over time, with what the solver must know of it in advance. */
export interface Cooling {
  /** T_M(t), K. */
  at(t: number): number;
  /** dT_M/dt, K/s; at a kink the value of the side t is the start of. */
  slope(t: number): number;
  /** Times t > 0 up to `end` at which T_M passes the temperature. */
  passes(temperature: number, end: number): number[];
  /** Kinks of the law in (0, end) that a step must not cross. */
  kinks(end: number): readonly number[];
  /** Longest step, s: the node spacing where a table has too many kinks to stop at each. */
  readonly longestStep: number;
}

/** Tables with more nodes than this limit the step instead of ending steps on every node (spec/resolved.md 1.6). */
const mostKinks = 1000;

export function coolingOf(law: MarsParams['temperature']): Cooling {
  switch (law.kind) {
    case 'constant':
      return constantCooling(law.value);
    case 'slab':
      return slabCooling(law.start, slabRate(law.layer, law.density, law.heatCapacity));
    case 'linear':
      return linearCooling(law.start, linearDuration(law.start, law.layer));
    case 'table':
      return tableCooling(Float64Array.from(law.times), Float64Array.from(law.temperatures));
  }
}

const none: readonly number[] = [];

function within(t: number, end: number): number[] {
  return t > 0 && t <= end ? [t] : [];
}

function constantCooling(value: number): Cooling {
  return {
    at: () => value,
    slope: () => 0,
    passes: () => [],
    kinks: () => none,
    longestStep: Number.POSITIVE_INFINITY,
  };
}

/**
 * Rate k [K-3 s-1] of the slab law T^-3 = T0^-3 + k t: a layer of thickness D [m] radiates from its surface; k = 3 sigma/(D rho c_p)
 * (eq. 11 of docs/physics.md).
 */
export function slabRate(layer: number, density: number, heatCapacity: number): number {
  return (3 * stefanBoltzmann) / (layer * density * heatCapacity);
}

/** Time [s] the slab law needs from T0 to T, not below 0. */
export function slabTime(start: number, temperature: number, rate: number): number {
  return Math.max((inverseCube(temperature) - inverseCube(start)) / rate, 0);
}

const inverseCube = (T: number) => 1 / (T * T * T);

function slabCooling(start: number, rate: number): Cooling {
  const offset = inverseCube(start);
  const at = (t: number) => 1 / Math.cbrt(offset + rate * t);
  return {
    at,
    slope(t) {
      const T = at(t);
      return (-rate * T * T * T * T) / 3;
    },
    passes: (temperature, end) =>
      temperature < start ? within(slabTime(start, temperature, rate), end) : [],
    kinks: () => none,
    longestStep: Number.POSITIVE_INFINITY,
  };
}

/**
 * Time [s] in which the linear law of Hyodo et al. (2018, as quoted by the original: 717 d at 4000 K; eq. 12 of docs/physics.md) falls
 * from T0 to zero. The factor
 * (T0/4000)^+1 is the original's; the energy balance D rho c_p T0/(sigma T0^4) has ^-4, so configurations away from 4000 K are warned.
 */
export function linearDuration(start: number, layer: number): number {
  return 717 * day * (layer / 1e5) * (start / 3000) * (start / 4000);
}

function linearCooling(start: number, duration: number): Cooling {
  const fall = start / duration;
  return {
    at: (t) => Math.max(start - fall * t, 0),
    slope: (t) => (t < duration ? -fall : 0),
    passes: (temperature, end) => (temperature < start ? within((start - temperature) / fall, end) : []),
    kinks: (end) => within(duration, end),
    longestStep: Number.POSITIVE_INFINITY,
  };
}

/** Index of the piece [times[i], times[i+1]) that holds t; -1 before the first node, last index from the last node on. */
export function pieceAt(times: Float64Array, t: number): number {
  let low = -1;
  let high = times.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle;
    else high = middle;
  }
  return low;
}

/** Linear between nodes, ends held. */
function tableCooling(times: Float64Array, values: Float64Array): Cooling {
  const last = times.length - 1;
  const slopeOf = (i: number) => (values[i + 1] - values[i]) / (times[i + 1] - times[i]);
  const inside = (i: number) => i >= 0 && i < last;
  let spacing = Number.POSITIVE_INFINITY;
  for (let i = 0; i < last; i++) spacing = Math.min(spacing, times[i + 1] - times[i]);
  return {
    at(t) {
      const i = pieceAt(times, t);
      if (i < 0) return values[0];
      return inside(i) ? values[i] + slopeOf(i) * (t - times[i]) : values[last];
    },
    slope(t) {
      const i = pieceAt(times, t);
      return inside(i) ? slopeOf(i) : 0;
    },
    passes(temperature, end) {
      const found: number[] = [];
      for (let i = 0; i < last && times[i] <= end; i++) {
        const a = values[i] - temperature;
        const b = values[i + 1] - temperature;
        if (a > 0 === b > 0 || a === b) continue;
        found.push(...within(times[i] + (times[i + 1] - times[i]) * (a / (a - b)), end));
      }
      return found;
    },
    kinks: (end) => (times.length > mostKinks ? none : Array.from(times).filter((t) => t > 0 && t < end)),
    longestStep: times.length > mostKinks ? spacing : Number.POSITIVE_INFINITY,
  };
}
