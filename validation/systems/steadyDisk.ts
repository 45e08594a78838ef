import { diskOf } from '../../src/sim/mars/disk.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quickstartParams } from '../defaultDisk.js';
import { density } from './cascade.js';

/**
 * The whole model as a steady cascade: blow-out instead of a cut, supply in the largest bin, run until what leaves is what arrives. Nine
 * decades, the lowest of them unbound at 2000 K; Q*_D is X_c v^2/2 at every size, X_c 1e-3. Unbound grains leave within one dynamical
 * time, which in a ring this thin (tau = 2e-7) is nothing against the time between collisions.
 */
export async function steadyDisk(perDecade: number): Promise<MarsParams> {
  const blowout = 1e-6;
  const largest = 1e2;
  const quickstart = await quickstartParams('radiation.Q_pr=1', 'supply.enabled=false', 'sinks.mode=none');
  const base: MarsParams = {
    ...quickstart,
    density,
    sizes: { min: blowout / 10, max: largest, bins: 9 * perDecade },
    initial: { shape: 'upper', alpha: 3.5, wavy: 0 },
    tau0: 1e-5,
    temperature: { kind: 'constant', value: 2000 },
    blowout: { ...quickstart.blowout, chi: 1 },
    solver: { rtol: 1e-5, eta: 1e-4 },
    output: { mode: 'dense', every: { kind: 'steps', stride: 1 }, sizeHistoryStride: null },
    stops: { ...quickstart.stops, end: 1e19 },
  };
  const { blowoutRoot, relativeSpeed } = diskOf(base);
  const Q = (1e-3 * relativeSpeed * relativeSpeed) / 2;
  const minSize = largest * 10 ** (-0.999 / perDecade);
  return {
    ...base,
    // The blow-out size is proportional to Q_pr: this puts it on the edge at one decade.
    efficiency: { kind: 'constant', value: blowout / blowoutRoot.at(2000) },
    strength: { units: 'si', velocities: [relativeSpeed / 1000], coefficients: [[Q, 0, 0, 1]], muGrav: 0.45 },
    supply: {
      rate: { kind: 'constant', value: 1e-17 },
      injection: { kind: 'powerlaw_bins', slope: 3.5, minSize, maxSize: null },
    },
  };
}
