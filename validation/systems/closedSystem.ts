import { Collisions } from '../../src/sim/mars/collisions.js';
import type { NetCollisions } from '../../src/sim/mars/netCoefficients.js';
import type { LedgerSystem } from '../../src/sim/numerics/rosenbrock.js';

/** Nothing but collisions: no ledgers, no source, so the bins alone keep the total. */
export function closedSystem(net: NetCollisions): LedgerSystem {
  const collisions = new Collisions(net);
  return {
    coupled: net.bins,
    weights: equalWeights(net.bins),
    ledgers: 0,
    rates: (_, y, out) => collisions.rates(y, out),
    jacobian: (_, y, out) => collisions.jacobian(y, out),
    timeDerivative: (_, __, out) => void out.fill(0),
    ledgerJacobian: () => {},
    supply: () => 0,
    supplyDerivative: () => 0,
  };
}

/** Weights of the second total of the error norm where no opacity is meant. */
export const equalWeights = (bins: number) => new Float64Array(bins).fill(1);
