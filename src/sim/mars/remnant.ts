import { binOf, type SizeGrid } from './grid.js';

/** Outcomes of all pairs of bins, n x n row-major, symmetric. */
export interface Outcomes {
  /** Mass share of the largest remnant. */
  readonly remnant: Float64Array;
  /** Mass share turned into fragments. Not stored as 1 - remnant: for dust on boulders it goes down to 1e-19. */
  readonly fragmented: Float64Array;
  /** Bin of the largest remnant. */
  readonly bin: Int32Array;
}

/** Above this ratio of impact energy to Q*_D a collision is super-catastrophic (Leinhardt & Stewart 2012). */
const superCatastrophic = 1.8;

/** Shares of remnant and fragments for phi = Q_R/Q*_D: 1 - phi/2, and 0.1 (phi/1.8)^-1.5 above 1.8 (eq. 22 of docs/physics.md). */
export function split(phi: number): { remnant: number; fragmented: number } {
  if (phi < superCatastrophic) return { remnant: 1 - phi / 2, fragmented: phi / 2 };
  const remnant = 0.1 * (phi / superCatastrophic) ** -1.5;
  return { remnant, fragmented: 1 - remnant };
}

/**
 * @param threshold Q*_D of each bin at the impact speed, J/kg; the larger body of a pair decides
 * @param v impact speed, m/s
 */
export function disruptiveOutcomes(
  grid: SizeGrid,
  threshold: Float64Array,
  v: number,
  density: number,
): Outcomes {
  const { bins, masses, edges } = grid;
  const outcomes = {
    remnant: new Float64Array(bins * bins),
    fragmented: new Float64Array(bins * bins),
    bin: new Int32Array(bins * bins),
  };
  for (let i = 0; i < bins; i++) {
    for (let j = 0; j < bins; j++) {
      const total = masses[i] + masses[j];
      const phi = (masses[i] * masses[j] * v * v) / (2 * total * total * threshold[Math.max(i, j)]);
      const { remnant, fragmented } = split(phi);
      const size = Math.cbrt((3 * remnant * total) / (4 * Math.PI * density));
      const p = i * bins + j;
      outcomes.remnant[p] = remnant;
      outcomes.fragmented[p] = fragmented;
      outcomes.bin[p] = binOf(edges, size);
    }
  }
  return outcomes;
}
