import { coolingOf, slabRate } from '../mars/cooling.js';
import type { LegacyParams } from './params.js';

/**
 * T_M(t) [K] as the original has it: laws sampled at equal distances and interpolated linearly (physics.md Y4), tables as they are.
 */
export function legacyClimate(params: LegacyParams): (t: number) => number {
  const { temperature: law, temperatureSampling } = params;
  const cooling = coolingOf(law);
  if (law.kind === 'linear') return sampled(cooling.at, temperatureSampling);
  if (law.kind !== 'slab') return cooling.at;
  const rate = slabRate(law.layer, law.density, law.heatCapacity);
  const offset = law.start ** -3;
  // The rounding of this power is in the original's tables, and sublimation multiplies it by 30.
  return sampled((t) => (offset + rate * t) ** (-1 / 3), temperatureSampling);
}

/** The samples around the last time asked for are kept: they follow from the time alone. */
function sampled(law: (t: number) => number, distance: number): (t: number) => number {
  let index = -1;
  let first = Number.NaN;
  let slope = Number.NaN;
  return (t) => {
    const i = Math.floor(t / distance);
    if (i !== index) {
      index = i;
      first = law(i * distance);
      slope = (law((i + 1) * distance) - first) / distance;
    }
    return first + slope * (t - i * distance);
  };
}
