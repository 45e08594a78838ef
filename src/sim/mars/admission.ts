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
  refuseImpossibleTables(params);
  const { output, collisions, blowout } = params;
  if (collisions.remnant === 'finite_volume' && blowout.partialBin === 'lower_edge') {
    throw new PhysicsError(
      'blowout.partialBin lower_edge has no meaning with collisions.remnant finite_volume; use log_fraction',
    );
  }
  if (output.every.kind === 'times') ascending('output.every.times', output.every.times);
}

/** As `refuseImpossible`, of what all models of the disk share. */
export function refuseImpossibleTables(
  params: Pick<MarsParams, 'sizes' | 'efficiency' | 'temperature' | 'strength'>,
): void {
  const { sizes, efficiency, temperature, strength } = params;
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
    risingWithTemperature(efficiency);
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
}

function ascending(key: string, values: readonly number[]): void {
  for (let i = 1; i < values.length; i++) {
    if (!(values[i] > values[i - 1])) {
      throw new PhysicsError(`${key}: ${values[i]} follows ${values[i - 1]}; the axis must ascend`);
    }
  }
}

/**
 * The blow-out size must grow with temperature, so that it passes each size once between two nodes of the table: T^4 Q_pr must rise
 * wherever Mars can be.
 */
function risingWithTemperature(table: Extract<MarsParams['efficiency'], { kind: 'table' }>): void {
  const { temperatures, sizes, values } = table;
  const count = sizes.length;
  for (let p = 0; p + count < values.length; p++) {
    const i = Math.floor(p / count);
    if (temperatures[i + 1] < coldest || temperatures[i] > hottest) continue;
    const slope = (values[p + count] - values[p]) / (temperatures[i + 1] - temperatures[i]);
    // d(T^4 Q)/dT ~ 4 Q + T dQ/dT is linear between nodes: its ends decide.
    const low = 4 * values[p] + temperatures[i] * slope;
    const high = 4 * values[p + count] + temperatures[i + 1] * slope;
    if (low > 0 && high > 0) continue;
    throw new PhysicsError(
      `efficiency.values: Q_pr falls from ${values[p]} to ${values[p + count]} between ${temperatures[i]} and ` +
        `${temperatures[i + 1]} K at ${sizes[p % count]} m, faster than T^-4; check the table`,
    );
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
