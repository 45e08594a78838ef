import { type GaussRule, gaussLegendre } from '../../numerics/gauss.js';
import type { Cells, FragmentLaw } from './cells.js';
import type { Impact } from './impact.js';
import { Cutter } from './pieces.js';

/** Three coefficients of one term: without slope, with the slope of the smaller body's cell, with that of the larger one's. */
export type Moments = Float64Array;
export const plain = 0;
export const withSmaller = 1;
export const withLarger = 2;

/** What remnants in one cell bring: gain of that cell (null for the partners' own) and r, spread as b_k r over the cells below. */
export interface RemnantTerm {
  readonly cell: number;
  readonly gain: Moments;
  readonly sent: Moments;
}

/** Net gains of the cells i <= j and of the remnants' cells per M_i M_j, M_i L_j, ... (spec/sizes.md 1.3). Their mass sums to zero. */
export interface PairTerms {
  readonly i: number;
  readonly j: number;
  readonly smaller: Moments;
  readonly larger: Moments;
  readonly remnants: readonly RemnantTerm[];
}

const smallerRule = gaussLegendre(3);
const largerRule = gaussLegendre(3);
const single: GaussRule = { nodes: Float64Array.of(0), weights: Float64Array.of(2) };

/** Beyond this distance in ln s outcome times rate depends on the smaller body through its mass alone. */
const slopeReach = 3;

/** Cells between the partners up to which the slope of the smaller one's cell counts. */
export const slopeBand = ({ width }: Cells) => Math.ceil(slopeReach / width);

/** Integrates the outcomes of collisions over the sizes in both partners' cells. */
export class PairIntegrals {
  private readonly cutter: Cutter;
  private readonly band: number;

  /** @param perArea (sqrt(pi)/2) v/H, 1/(m s): the kernel is this times (s + S)^2; @param bottomMass mass of a grain of s_min, kg */
  constructor(
    private readonly cells: Cells,
    private readonly fragments: FragmentLaw,
    private readonly impact: Impact,
    private readonly perArea: number,
    private readonly bottomMass: number,
  ) {
    this.cutter = new Cutter(cells, impact);
    this.band = slopeBand(cells);
  }

  of(i: number, j: number): PairTerms {
    const { width } = this.cells;
    const terms = { i, j, smaller: new Float64Array(3), larger: new Float64Array(3), remnants: [] };
    if (j === 0) {
      this.impact.at(0, 0);
      this.add(terms, this.impact.shrinkage < 0 ? 1 : 0, 0, 0, 0.5, 0, 0);
      return terms;
    }
    const rule = i === 0 ? single : smallerRule;
    rule.nodes.forEach((xi, point) => {
      const x = i === 0 ? 0 : (i - 0.5 + xi / 2) * width;
      const weight = rule.weights[point] / 2;
      if (i === j) this.overLarger(terms, x, x, ((1 - xi) / 2) * width, xi, weight);
      else this.overLarger(terms, x, (j - 1) * width, width, i === 0 ? 0 : xi, weight);
    });
    if (j - i > this.band) dropSmallerSlope(terms);
    return terms;
  }

  /** The larger body over [a, a + span], the smaller one at x with the place xi in its cell. */
  private overLarger(terms: PairTerms, x: number, a: number, span: number, xi: number, weight: number): void {
    const { width } = this.cells;
    const { i, j } = terms;
    for (const { from, length, cell } of this.cutter.pieces(x, j, a, span, i === j)) {
      largerRule.nodes.forEach((node, point) => {
        const offset = from + ((1 + node) / 2) * length;
        const inCell = i === j ? a - (j - 1) * width + offset : offset;
        this.impact.at(x, a + offset);
        const share = (largerRule.weights[point] / 2) * (length / width);
        this.add(terms, cell, x, a + offset, weight * share, xi, (2 * inCell) / width - 1);
      });
    }
  }

  /** One quadrature point: `impact` holds its outcome, `q` is the remnant's cell. */
  private add(terms: PairTerms, q: number, x: number, X: number, weight: number, xi: number, Xi: number) {
    const { fragments, impact } = this;
    const { i, j } = terms;
    const { ratio: mu, fragmented: w, remnant: f } = impact;
    const target = this.bottomMass * Math.exp(3 * X);
    const reach = this.cells.bottom * (Math.exp(x) + Math.exp(X));
    const rate = (weight * this.perArea * reach * reach * (1 + mu)) / (mu * target);
    const lower = fragments.below[q];
    const whole = Math.max(fragments.cumulative(X - impact.shrinkage), lower);
    const sent = q <= 1 ? 0 : w / whole;
    const leaving = sent * lower;
    const swept = mu / (1 + mu);
    const own = 1 / (1 + mu);
    const gain = q <= 1 ? 1 : f + (w * (whole - lower)) / whole;
    const remnant = remnantTerm(terms, q);
    const put = (into: Moments, value: number) => {
      into[plain] += rate * value;
      into[withSmaller] += rate * value * xi;
      into[withLarger] += rate * value * Xi;
    };
    put(remnant.sent, sent);
    if (i === j) put(terms.larger, q === j ? -leaving : -1);
    else if (q === j) {
      put(terms.smaller, -swept);
      put(terms.larger, swept - leaving);
    } else if (q === i) {
      put(terms.smaller, own - leaving);
      put(terms.larger, -own);
    } else {
      put(terms.smaller, -swept);
      put(terms.larger, -own);
    }
    if (q !== i && q !== j) put(remnant.gain, gain);
  }
}

function remnantTerm(terms: PairTerms, cell: number): RemnantTerm {
  const known = terms.remnants.find((term) => term.cell === cell);
  if (known !== undefined) return known;
  const made = { cell, gain: new Float64Array(3), sent: new Float64Array(3) };
  (terms.remnants as RemnantTerm[]).push(made);
  return made;
}

function dropSmallerSlope({ smaller, larger, remnants }: PairTerms): void {
  for (const moments of [smaller, larger, ...remnants.flatMap(({ gain, sent }) => [gain, sent])]) {
    moments[withSmaller] = 0;
  }
}
