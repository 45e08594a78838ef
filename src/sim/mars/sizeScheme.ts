/** Loss rates by the processes of a size scheme, kg m-2 s-1. */
export interface Losses {
  blown: number;
  vapour: number;
}

/** Loss rates of the ring, kg m-2 s-1. */
export interface RingLosses extends Losses {
  dragged: number;
  escaping: number;
}

/** How far processes go on: 1 fully, 0 not at all. All rates are linear in these. */
export interface Openings {
  collisions: number;
  blowout: number;
  sublimation: number;
}

/**
 * How the sizes of the grains are resolved: collisions, blow-out and sublimation on the mass unknowns, which are the first of y. A scheme
 * writes these, and the ledgers of blown-out and sublimed mass at their places (`Unknowns`); nothing else of the vectors is its own.
 * Coefficients hold for the time of the last evaluation.
 */
export interface SizeScheme {
  /** Mass unknowns. */
  readonly masses: number;
  /** Taken into account by all that follows; whoever evaluates sets it. */
  readonly open: Openings;
  /** Chooses the branches of all piecewise laws: the interval between break times that the next evaluations lie in. */
  enter(index: number): void;
  /** Sets the coefficients that depend on time. */
  at(t: number): void;
  /** Sublimation flux at the last time of evaluation if sublimation is fully open, kg m-2 s-1. */
  readonly J: number;
  /** Rates of the mass unknowns and of both ledgers. @param source mass that is supplied to each mass unknown, kg m-2 s-1 */
  rates(t: number, y: Float64Array, source: Float64Array, out: Float64Array): void;
  /** Partial derivatives by t of the same, without the source; `out` is zero before. */
  timeDerivative(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivatives of the mass unknowns' rates by themselves -> out, row-major masses x masses. */
  jacobian(t: number, y: Float64Array, out: Float64Array): void;
  /**
   * Partial derivatives of both ledgers' rates by the mass unknowns.
   * @param blown, vapour the first `masses` entries are the rows of the two ledgers
   */
  ledgerJacobian(t: number, y: Float64Array, blown: Float64Array, vapour: Float64Array): void;
  /** Loss rates of a solution at the last time of evaluation. */
  losses(y: Float64Array, out: Losses): void;
}
