import type { Cooling } from '../cooling.js';
import type { SizeMeasures } from '../measures.js';
import { absent, type Unknowns } from '../unknowns.js';
import { type Piece, pieceIndex, suppliedAt } from './law.js';
import type { SupplyPlan } from './plan.js';
import { captured, emptied, type SupplySwitch } from './switches.js';
import { branchAt } from './temperature.js';

/** What the supply needs to know of its disk. */
export interface SupplyTarget {
  readonly supply: SupplyPlan;
  readonly unknowns: Unknowns;
  readonly cooling: Cooling;
  /** Share of the supplied mass that enters each mass unknown. */
  readonly supplyShares: Float64Array;
  readonly measures: Pick<SizeMeasures, 'opticalDepth' | 'opacityGradient'>;
  readonly params: { readonly lineOfSight: number };
}

const none: readonly SupplySwitch[] = [];

/** Beyond a limit by more than this, relative, something has happened there; rounding has not. */
const sharp = 1e-12;

/**
 * Rates of everything that belongs to the supply (spec/resolved.md 1.4): what enters the mass unknowns, the deep buffer, the feedback's
 * scale and the supplied mass. Coefficients hold for the time of the last evaluation; whether the scale is held at a limit and whether the
 * reservoir is empty is decided at the start of each step and holds to its end.
 */
export class SupplyRates {
  /** Rate into each mass unknown, kg m-2 s-1, after `rates`. */
  readonly source: Float64Array;
  private readonly gradient: Float64Array;
  /** How far the supply is open, with the derivatives by optical depth and time; whoever evaluates sets it. */
  readonly open = { share: 1, byDepth: 0, byTime: 0 };
  private sourceRate = 0;
  private first = 0;
  private last = 0;
  private branch = 0;
  private time = Number.NaN;
  private base = 0;
  private baseSlope = 0;
  private scale = 1;
  private scaleSlope = 0;
  private empty = false;
  /** -1 held at the lower limit, 1 at the upper one. */
  private held: -1 | 0 | 1 = 0;

  constructor(private readonly target: SupplyTarget) {
    this.source = new Float64Array(target.supplyShares.length);
    this.gradient = new Float64Array(target.supplyShares.length);
  }

  /** Chooses pieces and branches for evaluations between two break times. */
  enter(from: number, to: number): void {
    const { supply: plan, cooling } = this.target;
    const { law, factor } = plan;
    const middle = from + (to - from) / 2;
    // Nodes that steps do not stop at lie inside: only what begins or ends on the break itself is on the other side of it.
    const inside = Math.min(1e-3 * law.longestStep, middle - from);
    this.first = pieceIndex(law, from + inside);
    this.last = pieceIndex(law, to - inside);
    if (factor !== null) this.branch = branchAt(factor, cooling.at(middle));
    this.time = Number.NaN;
  }

  /** Decides what holds during the step from (t, y). */
  begin(t: number, y: Float64Array): void {
    const { supply: plan, unknowns } = this.target;
    const { reservoir, feedback, explicit } = plan;
    this.empty = !explicit && reservoir !== null && y[unknowns.supplied] >= reservoir.mass;
    this.held = 0;
    if (feedback === null) return;
    const drive = this.drive(y);
    const u = y[unknowns.logScale];
    if (u >= feedback.high && drive > -sharp) this.held = 1;
    else if (u <= feedback.low && drive < sharp) this.held = -1;
    this.at(t);
  }

  /** What must be met exactly if it happens in the step that `begin` has seen. */
  switches(): readonly SupplySwitch[] {
    const { supply: plan, unknowns } = this.target;
    if (plan.explicit) return none;
    const found: SupplySwitch[] = [];
    if (plan.reservoir !== null && !this.empty) found.push(emptied(plan, unknowns));
    if (plan.feedback === null) return found;
    if (this.held === 0) found.push(captured(plan, unknowns, 1), captured(plan, unknowns, -1));
    else found.push(this.released());
    return found;
  }

  /** The optical depth calls for a scale inside the limits again. */
  private released(): SupplySwitch {
    const { held } = this;
    return { value: (_, y) => -held * this.drive(y) - sharp, land() {} };
  }

  at(t: number): void {
    if (t === this.time) return;
    this.time = t;
    const { supply: plan, cooling } = this.target;
    const piece = this.piece(t);
    this.base = piece.rate(t);
    this.baseSlope = piece.slope(t);
    if (plan.factor === null) return;
    const T = cooling.at(t);
    this.scale = plan.factor.value(T, this.branch);
    this.scaleSlope = plan.factor.slope(T, this.branch) * cooling.slope(t);
  }

  private piece(t: number): Piece {
    const { law } = this.target.supply;
    if (this.first === this.last) return law.pieces[this.first];
    return law.pieces[Math.min(Math.max(pieceIndex(law, t), this.first), this.last)];
  }

  /** What the law of time gives, or the temperature where that gives the rate, kg m-2 s-1. */
  get nominal(): number {
    return this.target.supply.factor?.isRate ? this.scale : this.base;
  }

  /** Factor by temperature. */
  get temperatureScale(): number {
    return this.scale;
  }

  /** (target - tau)/target times the sign of the gain: what drives the scale up. */
  private drive(y: Float64Array): number {
    const { target, speed } = this.target.supply.feedback!;
    return Math.sign(speed) * (1 - this.depth(y) / target);
  }

  /** Optical depth in the line of sight, all grains. */
  depth(y: Float64Array): number {
    const { measures, params } = this.target;
    return params.lineOfSight * measures.opticalDepth(y);
  }

  /** The feedback's scale. */
  feedbackScale(y: Float64Array): number {
    const { supply: plan, unknowns } = this.target;
    if (plan.feedback === null) return 1;
    const { low, high } = plan.feedback;
    return Math.exp(Math.min(Math.max(y[unknowns.logScale], low), high));
  }

  /** Share of the rate that a reservoir that depends on the state lets through. */
  private tapered(y: Float64Array): number {
    const { reservoir, explicit } = this.target.supply;
    if (explicit || reservoir === null) return 1;
    if (this.empty) return 0;
    const { mass, taper } = reservoir;
    return taper === 0
      ? 1
      : Math.min(Math.max(mass - y[this.target.unknowns.supplied], 0) / (taper * mass), 1);
  }

  /** What the supply delivers, to the surface or to the deep buffer, kg m-2 s-1. */
  delivered(t: number, y: Float64Array): number {
    return this.open.share * this.wanted(t, y);
  }

  /** What it would deliver if it were fully open, kg m-2 s-1. */
  private wanted(t: number, y: Float64Array): number {
    this.at(t);
    return this.base * this.scale * this.feedbackScale(y) * this.tapered(y);
  }

  /** What reaches the surface, kg m-2 s-1. */
  surface(t: number, y: Float64Array): number {
    const { supply: plan, unknowns } = this.target;
    return plan.drain === null ? this.delivered(t, y) : plan.drain * y[unknowns.deep];
  }

  /** Fills `source` and writes the rates of the supply's own unknowns. */
  rates(t: number, y: Float64Array, out: Float64Array): void {
    const { supply: plan, unknowns } = this.target;
    const { deep, logScale, supplied } = unknowns;
    const rate = this.delivered(t, y);
    const surface = plan.drain === null ? rate : plan.drain * y[deep];
    this.fill(surface);
    if (deep !== absent) out[deep] = rate - surface;
    if (logScale !== absent) out[logScale] = this.held === 0 ? this.speed(y) : 0;
    if (supplied !== absent) out[supplied] = rate;
  }

  private speed(y: Float64Array): number {
    const { target, speed } = this.target.supply.feedback!;
    return speed * (1 - this.depth(y) / target);
  }

  private fill(surface: number): void {
    if (surface === this.sourceRate) return;
    this.sourceRate = surface;
    const { supplyShares: shares } = this.target;
    for (let k = 0; k < shares.length; k++) this.source[k] = surface * shares[k];
  }

  /** d(delivered)/dt at fixed y. */
  deliveredSlope(t: number, y: Float64Array): number {
    this.at(t);
    const { share, byTime } = this.open;
    const opening = byTime === 0 ? 0 : byTime * this.wanted(t, y);
    const slope = this.baseSlope * this.scale + this.base * this.scaleSlope;
    return slope === 0 ? opening : share * slope * this.feedbackScale(y) * this.tapered(y) + opening;
  }

  /** d(surface)/dt at fixed y. */
  surfaceSlope(t: number, y: Float64Array): number {
    return this.target.supply.drain === null ? this.deliveredSlope(t, y) : 0;
  }

  /** Partial derivatives of what reaches the surface by the coupled unknowns -> out. */
  surfaceGradient(t: number, y: Float64Array, out: Float64Array): void {
    const { supply: plan, unknowns } = this.target;
    const { coupled, deep, logScale, supplied } = unknowns;
    out.fill(0);
    if (deep !== absent) {
      out[deep] = plan.drain!;
      return;
    }
    if (logScale !== absent) out[logScale] = this.delivered(t, y);
    if (supplied !== absent && supplied < coupled) out[supplied] = this.taperSlope(y);
    if (this.open.byDepth === 0) return;
    const { measures, params } = this.target;
    const perOpacity = this.open.byDepth * params.lineOfSight * this.wanted(t, y);
    measures.opacityGradient(y, this.gradient);
    for (let k = 0; k < this.gradient.length; k++) out[k] += perOpacity * this.gradient[k];
  }

  /** Adds the partial derivatives by t. */
  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    const slope = this.deliveredSlope(t, y);
    if (slope === 0) return;
    const { unknowns, supplyShares: shares } = this.target;
    const { deep, supplied } = unknowns;
    if (deep !== absent) out[deep] += slope;
    else for (let k = 0; k < shares.length; k++) out[k] += slope * shares[k];
    if (supplied !== absent) out[supplied] += slope;
  }

  /** Adds the partial derivatives of the coupled unknowns' rates -> out, row-major coupled x coupled. */
  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { supply: plan, unknowns, supplyShares: shares, measures, params } = this.target;
    const { coupled: n, deep, logScale, supplied, masses } = unknowns;
    const rate = this.delivered(t, y);
    if (logScale !== absent || this.open.byDepth !== 0) measures.opacityGradient(y, this.gradient);
    if (logScale !== absent) {
      this.addColumn(logScale, rate, out);
      if (this.held === 0) {
        const { target, speed } = plan.feedback!;
        const perOpacity = (speed / target) * params.lineOfSight;
        for (let k = 0; k < masses; k++) out[logScale * n + k] -= perOpacity * this.gradient[k];
      }
    }
    if (supplied !== absent && supplied < n) this.addColumn(supplied, this.taperSlope(y), out);
    if (this.open.byDepth !== 0) {
      const perOpacity = this.open.byDepth * params.lineOfSight * this.wanted(t, y);
      for (let k = 0; k < masses; k++) this.addColumn(k, perOpacity * this.gradient[k], out);
    }
    if (deep === absent) return;
    const drain = plan.drain!;
    out[deep * n + deep] -= drain;
    for (let k = 0; k < masses; k++) out[k * n + deep] += drain * shares[k];
  }

  /** d(delivered)/d(supplied mass) while the reservoir tapers off. */
  private taperSlope(y: Float64Array): number {
    const { reservoir } = this.target.supply;
    const share = this.tapered(y);
    if (reservoir === null || this.empty || share >= 1 || share <= 0) return 0;
    return (
      (-this.open.share * this.base * this.scale * this.feedbackScale(y)) / (reservoir.taper * reservoir.mass)
    );
  }

  /** What a change of the delivered rate with one unknown does to all that it enters. */
  private addColumn(column: number, slope: number, out: Float64Array): void {
    const { unknowns, supplyShares: shares } = this.target;
    const { coupled: n, deep, supplied, masses } = unknowns;
    if (deep !== absent) out[deep * n + column] += slope;
    else for (let k = 0; k < masses; k++) out[k * n + column] += slope * shares[k];
    if (supplied !== absent && supplied < n) out[supplied * n + column] += slope;
  }

  /** Adds the partial derivatives of the ledger of supplied mass, if it is one. @param row of that ledger, `coupled` entries */
  ledgerJacobian(t: number, y: Float64Array, row: Float64Array): void {
    const { measures, params, unknowns } = this.target;
    if (unknowns.logScale !== absent) row[unknowns.logScale] += this.delivered(t, y);
    if (this.open.byDepth === 0) return;
    const perOpacity = this.open.byDepth * params.lineOfSight * this.wanted(t, y);
    measures.opacityGradient(y, this.gradient);
    for (let k = 0; k < this.gradient.length; k++) row[k] += perOpacity * this.gradient[k];
  }
}

/** Mass supplied since the start, kg m-2. */
export function suppliedMass(plan: SupplyPlan, { supplied }: Unknowns, t: number, y: Float64Array): number {
  return supplied === absent ? suppliedAt(plan.law, t) : y[supplied];
}
