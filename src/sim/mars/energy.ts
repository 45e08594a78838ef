/**
 * What becomes of the energy of impacts (physics.md f): a share is kept as kinetic energy of the fragments, the rest is dissipated.
 * Shares of the energy of relative motion, for collisions that leave more and less than half of the mass in the largest remnant.
 */
export interface KeptShares {
  readonly cratering: number;
  readonly fragmentation: number;
}

/** Sums over all collisions per time and area of the ring; rates, not amounts of a step (physics.md Z9). */
export const energySums = [
  'relative',
  'dissipated',
  'retained',
  'cratering',
  'fragmentation',
  'keptShare',
  'remnantShare',
] as const;

/** Those that are integrated over time: energies and numbers of collisions. */
export const integratedSums = 5;

/** What a row says about the energy of collisions: `energySums` as rates, and the first `integratedSums` of them as amounts. */
export interface EnergyRow {
  /** J m-2 s-1, then collisions m-2 s-1 (unweighted and weighted). */
  readonly rates: Float64Array;
  /** Since the start of the run, and from the start of the step to the row: J m-2, then collisions m-2. */
  readonly since: Float64Array;
  readonly inStep: Float64Array;
}

/** Collisions of all pairs of bins. */
export interface Impacts {
  /** Mass of a grain of each bin, kg. */
  readonly masses: Float64Array;
  /** K_ij and the mass share of the largest remnant, n x n row-major, upper triangle. */
  readonly kernel: Float64Array;
  readonly remnant: Float64Array;
  /** Impact speed, m/s. */
  readonly speed: number;
}

/**
 * Energies of all pairs: quadratic forms of the bin masses, because a pair collides at the rate K_ij N_i N_j (half of it if i = j) with
 * E_rel = m_i m_j v^2/(2 (m_i + m_j)) (eq. 57 of docs/physics.md).
 */
export class CollisionEnergies {
  /** One after the other, n x n row-major, upper triangle; per M_i M_j. */
  private readonly forms: Float64Array;

  constructor(
    private readonly bins: number,
    private readonly shares: KeptShares,
  ) {
    this.forms = new Float64Array(energySums.length * bins * bins);
  }

  /** Takes other sizes, kernel or speed. */
  set({ masses, kernel, remnant, speed: v }: Impacts): void {
    const { bins, shares, forms } = this;
    for (let i = 0; i < bins; i++) {
      for (let j = i; j < bins; j++) {
        const p = i * bins + j;
        const rate = ((i === j ? 0.5 : 1) * kernel[p]) / (masses[i] * masses[j]);
        const energy = (0.5 * masses[i] * masses[j] * v * v) / (masses[i] + masses[j]);
        const craters = remnant[p] > 0.5;
        const kept = craters ? shares.cratering : shares.fragmentation;
        const values = [
          energy,
          energy - kept * energy,
          kept * energy,
          craters ? 1 : 0,
          craters ? 0 : 1,
          kept,
          remnant[p],
        ];
        values.forEach((value, sum) => {
          forms[sum * bins * bins + p] = rate * value;
        });
      }
    }
  }

  /** The sums of a solution, in the order of `energySums`: J m-2 s-1, then collisions m-2 s-1 (unweighted and weighted). */
  rates(y: Float64Array, out: Float64Array): void {
    const { forms, bins } = this;
    for (let sum = 0; sum < energySums.length; sum++) {
      let total = 0;
      for (let i = 0; i < bins; i++) {
        const row = (sum * bins + i) * bins;
        let inner = 0;
        for (let j = i; j < bins; j++) inner += forms[row + j] * y[j];
        total += inner * y[i];
      }
      out[sum] = total;
    }
  }
}

/** |E_diss + E_ret - E_rel|/E_rel: an identity that rounding alone breaks; 0 without collisions. */
export function energyError(sums: Float64Array): number {
  return sums[0] > 0 ? Math.abs(sums[1] + sums[2] - sums[0]) / sums[0] : 0;
}

/** Classes of that error: 0 ok, 1 warning, 2 error. */
export function errorClass(error: number): 0 | 1 | 2 {
  return error <= 1e-12 ? 0 : error <= 1e-6 ? 1 : 2;
}
