import type { Outcomes } from '../../src/sim/mars/remnant.js';
import { type CascadeSetup, impactSpeed, type SteadyCascade, steadyCascade, strengthLaw } from './cascade.js';

/**
 * A hard lower end of the sizes (blow-out): grains just above it are hit by nothing, so they pile up, grind down the next larger ones, and so
 * on (Campo Bagatin et al. 1994; Thebault & Augereau 2007). Eight decades, X_c 1e-3.
 *
 * @param allOrNothing a grain is shattered from Q = Q*_D on and otherwise untouched; false: the outcomes of the disk
 */
export function hardCut(perDecade: number, allOrNothing: boolean): SteadyCascade {
  const setup: CascadeSetup = {
    perDecade,
    decades: 8,
    extension: 0,
    strength: strengthLaw(1e-3, 0),
    alphaFrag: 3.5,
    reach: Number.POSITIVE_INFINITY,
    ...(allOrNothing && { change: shatterOrSpare }),
  };
  return steadyCascade(setup, 3, 3.5);
}

/** The picture behind a critical mass ratio X_c. */
function shatterOrSpare({ remnant, fragmented, bin }: Outcomes, masses: Float64Array, Q: Float64Array): void {
  const bins = masses.length;
  for (let p = 0; p < bins * bins; p++) {
    const [i, j] = [Math.floor(p / bins), p % bins];
    const total = masses[i] + masses[j];
    const energy = (masses[i] * masses[j] * impactSpeed * impactSpeed) / (2 * total * total);
    const shatters = energy >= Q[Math.max(i, j)];
    remnant[p] = shatters ? 0 : 1;
    fragmented[p] = shatters ? 1 : 0;
    bin[p] = Math.max(i, j);
  }
}
