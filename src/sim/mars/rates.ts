import type { LedgerSystem } from '../numerics/rosenbrock.js';
import type { Disk } from './disk.js';
import type { SizeScheme } from './sizeScheme.js';
import { weightsOf } from './unknowns.js';
import { WholeBins } from './wholeBins.js';

/** The scheme that resolves the sizes of a disk. */
function schemeOf(disk: Disk): SizeScheme {
  return new WholeBins(disk);
}

/** Right-hand side of the disk: a size scheme and its supply. */
export class DiskRates implements LedgerSystem {
  readonly scheme: SizeScheme;
  readonly coupled: number;
  readonly ledgers: number;
  readonly weights: Float64Array;

  constructor(private readonly disk: Disk) {
    const { coupled, size } = disk.unknowns;
    this.scheme = schemeOf(disk);
    this.coupled = coupled;
    this.ledgers = size - coupled;
    this.weights = weightsOf(disk.unknowns);
  }

  /** Chooses the branches of all piecewise laws: the interval between break times that the next evaluations lie in. */
  enter(index: number): void {
    this.scheme.enter(index);
  }

  /** Sets the coefficients that depend on time; all of them through T_M alone. */
  at(t: number): void {
    this.scheme.at(t);
  }

  rates(t: number, y: Float64Array, out: Float64Array): void {
    this.scheme.rates(t, y, this.disk.supplyByBin, out);
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    out.fill(0);
    this.scheme.timeDerivative(t, y, out);
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    this.scheme.jacobian(t, y, out);
  }

  ledgerJacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { blownOut, sublimed } = this.disk.unknowns;
    this.scheme.ledgerJacobian(t, y, this.row(out, blownOut), this.row(out, sublimed));
  }

  /** The row of a ledger in a table of ledgers x coupled unknowns. */
  private row(out: Float64Array, ledger: number): Float64Array {
    const at = (ledger - this.coupled) * this.coupled;
    return out.subarray(at, at + this.coupled);
  }

  supply(): number {
    return this.disk.supplyRate;
  }

  supplyDerivative(): number {
    return 0;
  }
}
