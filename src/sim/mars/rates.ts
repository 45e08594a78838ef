import type { LedgerSystem } from '../numerics/rosenbrock.js';
import type { Disk } from './disk.js';
import { type Drag, dragOf } from './drag.js';
import { FiniteVolume } from './finiteVolume/scheme.js';
import { intervalBranches, intervalEnds } from './interval.js';
import { isRegulated } from './regime.js';
import { Regulation } from './regulation.js';
import type { RingLosses, SizeScheme } from './sizeScheme.js';
import { SupplyRates } from './supply/supplyRates.js';
import { weightsOf } from './unknowns.js';
import { WholeBins } from './wholeBins.js';

/** The scheme that resolves the sizes of a disk. */
function schemeOf(disk: Disk): SizeScheme {
  return disk.volume === null ? new WholeBins(disk) : new FiniteVolume(disk, disk.volume);
}

/** Right-hand side of the disk: a size scheme and its supply, other sinks, and what opens and closes them all. */
export class DiskRates implements LedgerSystem {
  readonly scheme: SizeScheme;
  readonly supplied: SupplyRates;
  /** Absent while every process goes on whatever the phase and the optical depth. */
  readonly regulation: Regulation | null;
  private readonly drag: Drag | null;
  readonly coupled: number;
  readonly ledgers: number;
  readonly weights: Float64Array;
  /** Jacobian of the masses alone, where there are other coupled unknowns. */
  private readonly inner: Float64Array;
  /** There where what reaches the surface depends on the state. */
  readonly supplyGradient?: LedgerSystem['supplyGradient'];
  private index = -1;

  constructor(private readonly disk: Disk) {
    const { masses, coupled, size } = disk.unknowns;
    this.scheme = schemeOf(disk);
    this.supplied = new SupplyRates(disk);
    this.regulation = isRegulated(disk.params) ? new Regulation(disk, this.scheme, this.supplied) : null;
    this.drag = dragOf(disk, disk.measures.points.sizes);
    this.coupled = coupled;
    this.ledgers = size - coupled;
    this.weights = weightsOf(disk.unknowns);
    this.inner = new Float64Array(coupled > masses ? masses * masses : 0);
    if (coupled > masses || this.regulation !== null) {
      this.supplyGradient = (t, y, out) => {
        this.regulation?.set(t, y);
        this.supplied.surfaceGradient(t, y, out);
      };
    }
  }

  /** Chooses the branches of all piecewise laws: the interval between break times that the next evaluations lie in. */
  enter(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.scheme.enter(index);
    const { from, to } = intervalEnds(this.disk, index);
    this.supplied.enter(from, to);
    this.regulation?.enter(intervalBranches(this.disk, index).phase);
  }

  /** Decides whatever depends on the state and holds during the whole step from (t, y). */
  begin(t: number, y: Float64Array): void {
    this.supplied.begin(t, y);
  }

  /** Sets the coefficients that depend on time. */
  at(t: number): void {
    this.scheme.at(t);
    this.supplied.at(t);
  }

  rates(t: number, y: Float64Array, out: Float64Array): void {
    const { regulation, drag } = this;
    regulation?.set(t, y);
    this.supplied.rates(t, y, out);
    this.scheme.rates(t, y, this.supplied.source, out);
    regulation?.rates(y, out);
    drag?.rates(y, out);
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    out.fill(0);
    this.regulation?.set(t, y);
    this.scheme.timeDerivative(t, y, out);
    this.supplied.timeDerivative(t, y, out);
    this.regulation?.timeDerivative(t, y, out);
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { regulation, drag } = this;
    regulation?.set(t, y);
    this.innerJacobian(t, y, out);
    this.supplied.jacobian(t, y, out);
    regulation?.jacobian(t, y, out);
    drag?.jacobian(out);
  }

  /** That of the size scheme, in rows of all coupled unknowns. */
  private innerJacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { coupled, inner } = this;
    const { masses } = this.disk.unknowns;
    if (coupled === masses) {
      this.scheme.jacobian(t, y, out);
      return;
    }
    this.scheme.jacobian(t, y, inner);
    out.fill(0);
    for (let k = 0; k < masses; k++) out.set(inner.subarray(k * masses, (k + 1) * masses), k * coupled);
  }

  ledgerJacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { blownOut, sublimed, supplied, dragged } = this.disk.unknowns;
    const { regulation, drag } = this;
    out.fill(0);
    regulation?.set(t, y);
    this.scheme.ledgerJacobian(t, y, this.row(out, blownOut), this.row(out, sublimed));
    if (supplied >= this.coupled) this.supplied.ledgerJacobian(t, y, this.row(out, supplied));
    regulation?.ledgerJacobian(t, y, (ledger) => this.row(out, ledger));
    drag?.ledgerJacobian(this.row(out, dragged));
  }

  /** Vapour fraction of the grains; 0 without phases. */
  vapourFraction(t: number, y: Float64Array): number {
    this.regulation?.set(t, y);
    return this.regulation?.fraction ?? 0;
  }

  /** Loss rates of a solution at a time of the interval that was entered. */
  losses(t: number, y: Float64Array, out: RingLosses): void {
    this.at(t);
    this.regulation?.set(t, y);
    this.scheme.losses(y, out);
    out.dragged = this.drag?.loss(y) ?? 0;
    out.escaping = this.regulation?.escaping(y) ?? 0;
  }

  /** The row of a ledger in a table of ledgers x coupled unknowns. */
  private row(out: Float64Array, ledger: number): Float64Array {
    const at = (ledger - this.coupled) * this.coupled;
    return out.subarray(at, at + this.coupled);
  }

  /** Rate of the mass at the surface and of what it lost. */
  supply(t: number, y: Float64Array): number {
    this.regulation?.set(t, y);
    return this.supplied.surface(t, y);
  }

  supplyDerivative(t: number, y: Float64Array): number {
    this.regulation?.set(t, y);
    return this.supplied.surfaceSlope(t, y);
  }
}
