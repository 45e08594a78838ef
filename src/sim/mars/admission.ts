import { PhysicsError } from '../model.js';
import type { Cooling } from './cooling.js';
import type { MarsParams } from './params.js';

/** Temperatures of Mars the model is made for, K; a margin for rounding lets a run end exactly on a limit. */
const coldest = 1000 * (1 - 1e-9);
const hottest = 6500 * (1 + 1e-9);

/**
 * Refuses parameters that fit the schema one by one but contradict each other.
 * @throws PhysicsError naming the value and the cure
 */
export function refuseImpossible(params: MarsParams): void {
  const { sizes, efficiency, temperature, strength, output } = params;
  if (!(sizes.min < sizes.max)) {
    throw new PhysicsError(`sizes.min ${sizes.min} m must be below sizes.max ${sizes.max} m`);
  }
  if (efficiency.kind === 'table') {
    ascending('efficiency.temperatures', efficiency.temperatures);
    ascending('efficiency.sizes', efficiency.sizes);
    const cells = efficiency.temperatures.length * efficiency.sizes.length;
    if (efficiency.values.length !== cells || !efficiency.values.every((Q) => Q > 0)) {
      throw new PhysicsError(
        `efficiency.values: ${cells} positive numbers are needed, one for each temperature and size`,
      );
    }
  }
  if (temperature.kind === 'table') {
    ascending('temperature.times', temperature.times);
    if (temperature.temperatures.length !== temperature.times.length) {
      throw new PhysicsError('temperature.temperatures: one value for each time is needed');
    }
  }
  ascending('strength.velocities', strength.velocities);
  if (strength.coefficients.length !== strength.velocities.length) {
    throw new PhysicsError('strength.coefficients: one set for each velocity is needed');
  }
  if (output.every.kind === 'times') ascending('output.every.times', output.every.times);
}

function ascending(key: string, values: readonly number[]): void {
  for (let i = 1; i < values.length; i++) {
    if (!(values[i] > values[i - 1])) {
      throw new PhysicsError(`${key}: ${values[i]} follows ${values[i - 1]}; the axis must ascend`);
    }
  }
}

/**
 * Refuses a run whose temperature would leave the range of the model before its end. The laws are monotone or linear between nodes, so
 * their extremes lie at the start, at nodes and at the end.
 */
export function refuseTemperatures(params: MarsParams, cooling: Cooling, end: number): void {
  const { temperature } = params;
  const nodes = temperature.kind === 'table' ? temperature.times.filter((t) => t > 0 && t < end) : [];
  for (const t of [0, ...nodes, end]) {
    const T = cooling.at(t);
    if (!(T >= coldest && T <= hottest)) {
      throw new PhysicsError(
        `temperature: T_M is ${T} K at ${t} s, outside 1000..6500 K; end the run earlier (t_end, temperature stop) or change the law`,
      );
    }
  }
}
