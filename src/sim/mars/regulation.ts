import type { Disk } from './disk.js';
import type { PhaseBranch } from './interval.js';
import { type Gates, Regime } from './regime.js';
import type { SizeScheme } from './sizeScheme.js';
import type { SupplyRates } from './supply/supplyRates.js';
import { absent } from './unknowns.js';

/**
 * The part of the right-hand side that gates have in it: sets how far the processes of a size scheme and the supply are open, adds what the
 * gates' own dependence on the state and on time does to the scheme's derivatives, and takes out vapour that escapes.
 *
 * Rates are linear in the openings. So the sum of all rates, each times the derivative of its gate, is the rates with these in place of the
 * openings; as gates depend on the state through the optical depth alone, it is one column that every unknown's opacity multiplies.
 */
export class Regulation {
  private readonly regime: Regime;
  /** Rates with the derivatives of the gates in place of the openings. */
  private readonly moved: Float64Array;
  private readonly noSource: Float64Array;
  /** Derivatives of the optical depth in the line of sight, m2/kg. */
  private readonly gradient: Float64Array;

  constructor(
    private readonly disk: Disk,
    private readonly scheme: SizeScheme,
    private readonly supply: SupplyRates,
  ) {
    this.regime = new Regime(disk);
    this.moved = new Float64Array(disk.unknowns.size);
    this.noSource = new Float64Array(disk.unknowns.masses);
    this.gradient = new Float64Array(disk.unknowns.masses);
  }

  get gates(): Gates {
    return this.regime.gates;
  }

  get fraction(): number {
    return this.regime.fraction;
  }

  /** Whether gates and vapour fraction depend on the optical depth. */
  get dependsOnState(): boolean {
    return this.regime.dependsOnState;
  }

  enter(branch: PhaseBranch): void {
    this.regime.enter(branch);
  }

  /** Opens and closes everything for evaluations at t and y. */
  set(t: number, y: Float64Array): void {
    const { regime, supply } = this;
    regime.set(t, y);
    this.open(regime.gates);
    supply.open.share = regime.gates.supply;
    supply.open.byDepth = regime.byDepth.supply;
    supply.open.byTime = regime.byTime.supply;
  }

  private open({ collisions, blowout, sublimation }: Gates): void {
    const { open } = this.scheme;
    open.collisions = collisions;
    open.blowout = blowout;
    open.sublimation = sublimation;
  }

  /** Vapour that escapes, out of every mass unknown into its ledger. @param rate 1/s */
  private escape(rate: number, y: Float64Array, out: Float64Array): void {
    const { masses, escaped } = this.disk.unknowns;
    if (escaped === absent || rate === 0) return;
    let sum = 0;
    for (let k = 0; k < masses; k++) {
      const lost = rate * y[k];
      out[k] -= lost;
      sum += lost;
    }
    out[escaped] += sum;
  }

  /** Adds to the rates at t and y, which `set` has seen. */
  rates(y: Float64Array, out: Float64Array): void {
    const { escaped } = this.disk.unknowns;
    if (escaped !== absent) out[escaped] = 0;
    this.escape(this.gates.escape, y, out);
  }

  /** Mass that escapes, kg m-2 s-1. */
  escaping(y: Float64Array): number {
    let sum = 0;
    if (this.gates.escape > 0) for (let k = 0; k < this.disk.unknowns.masses; k++) sum += y[k];
    return this.gates.escape * sum;
  }

  /** Fills `moved` with the rates that a change of all gates makes; gates are as before after it. */
  private move(by: Gates, t: number, y: Float64Array): void {
    const { moved, scheme, regime } = this;
    moved.fill(0);
    this.open(by);
    scheme.rates(t, y, this.noSource, moved);
    this.escape(by.escape, y, moved);
    this.open(regime.gates);
  }

  private depthGradient(y: Float64Array): Float64Array {
    const { measures, params } = this.disk;
    measures.opacityGradient(y, this.gradient);
    for (let k = 0; k < this.gradient.length; k++) this.gradient[k] *= params.lineOfSight;
    return this.gradient;
  }

  /** Adds to the partial derivatives by t. */
  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    this.move(this.regime.byTime, t, y);
    for (let x = 0; x < out.length; x++) out[x] += this.moved[x];
  }

  /** Adds to the partial derivatives of the mass unknowns' rates, row-major with rows of `coupled`. */
  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { masses, coupled, escaped } = this.disk.unknowns;
    if (escaped !== absent) for (let k = 0; k < masses; k++) out[k * coupled + k] -= this.gates.escape;
    if (!this.regime.dependsOnState) return;
    const depths = this.depthGradient(y);
    this.move(this.regime.byDepth, t, y);
    for (let k = 0; k < masses; k++) {
      const slope = this.moved[k];
      if (slope !== 0) for (let l = 0; l < masses; l++) out[k * coupled + l] += slope * depths[l];
    }
  }

  /** Adds to the partial derivatives of the ledgers by the mass unknowns. @param row of a ledger */
  ledgerJacobian(t: number, y: Float64Array, row: (ledger: number) => Float64Array): void {
    const { masses, blownOut, sublimed, escaped } = this.disk.unknowns;
    if (escaped !== absent) row(escaped).fill(this.gates.escape, 0, masses);
    if (!this.regime.dependsOnState) return;
    const depths = this.depthGradient(y);
    this.move(this.regime.byDepth, t, y);
    for (const ledger of [blownOut, sublimed, escaped]) {
      if (ledger === absent) continue;
      const into = row(ledger);
      for (let l = 0; l < masses; l++) into[l] += this.moved[ledger] * depths[l];
    }
  }
}
