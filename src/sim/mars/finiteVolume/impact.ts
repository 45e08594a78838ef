import { log1p } from '../../numerics/nearOne.js';
import type { MarsParams } from '../params.js';
import { disruptionThreshold } from '../strength.js';

/** Above this ratio of impact energy to Q*_D a collision is super-catastrophic (Leinhardt & Stewart 2012). */
const superCatastrophic = 1.8;

export interface Impacts {
  readonly strength: MarsParams['strength'];
  /** kg/m3 */
  readonly density: number;
  /** m/s */
  readonly speed: number;
  /** s_min, m */
  readonly bottom: number;
}

/**
 * What a collision of two grains of sizes x <= X (ln(s/s_min)) leaves (eq. 53 of docs/physics.md). The remnant has the size X - shrinkage. Neither
 * the fragmented share nor the shrinkage is a difference of nearly equal numbers: for dust on a boulder they go down to 1e-20.
 */
export class Impact {
  /** phi = Q_R/Q*_D less 1.8. */
  excess = 0;
  /** Mass of the smaller body over that of the larger. */
  ratio = 0;
  /** Mass shares turned into fragments, w, and left in one piece, f. */
  fragmented = 0;
  remnant = 0;
  /** D: negative where the larger body grows. */
  shrinkage = 0;

  constructor(private readonly of: Impacts) {}

  at(x: number, X: number): void {
    const { strength, density, speed, bottom } = this.of;
    const threshold = disruptionThreshold(strength, bottom * Math.exp(X), speed, density);
    const ratio = Math.exp(3 * (x - X));
    const total = 1 + ratio;
    const phi = (ratio * speed * speed) / (2 * total * total * threshold);
    this.ratio = ratio;
    this.excess = phi - superCatastrophic;
    if (phi < superCatastrophic) {
      const lost = ratio * ((speed * speed) / (4 * total * threshold) - 1);
      this.fragmented = phi / 2;
      this.remnant = 1 - phi / 2;
      this.shrinkage = -log1p(-lost) / 3;
    } else {
      this.remnant = 0.1 * Math.exp(-1.5 * Math.log(phi / superCatastrophic));
      this.fragmented = 1 - this.remnant;
      this.shrinkage = -(Math.log(this.remnant) + log1p(ratio)) / 3;
    }
  }
}
