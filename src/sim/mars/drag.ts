import type { Disk } from './disk.js';
import { gasDragTime } from './sinkTimes.js';
import { absent } from './unknowns.js';

/** Grains that gas drags out of the ring: a rate of each mass unknown that never changes (physics.md g). */
export class Drag {
  constructor(
    private readonly disk: Disk,
    /** 1/s */
    readonly losing: Float64Array,
  ) {}

  /** Adds to the rates. */
  rates(y: Float64Array, out: Float64Array): void {
    const { dragged } = this.disk.unknowns;
    let sum = 0;
    for (let k = 0; k < this.losing.length; k++) {
      const lost = this.losing[k] * y[k];
      out[k] -= lost;
      sum += lost;
    }
    out[dragged] = sum;
  }

  /** Adds to the partial derivatives of the mass unknowns' rates, row-major with rows of `coupled`. */
  jacobian(out: Float64Array): void {
    const { coupled } = this.disk.unknowns;
    for (let k = 0; k < this.losing.length; k++) out[k * coupled + k] -= this.losing[k];
  }

  /** @param row of the ledger */
  ledgerJacobian(row: Float64Array): void {
    row.set(this.losing);
  }

  /** kg m-2 s-1 */
  loss(y: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < this.losing.length; k++) sum += this.losing[k] * y[k];
    return sum;
  }
}

/** @param sizes of each mass unknown, m */
export function dragOf(disk: Disk, sizes: Float64Array): Drag | null {
  const { gasDrag, density } = disk.params;
  if (gasDrag === undefined || disk.unknowns.dragged === absent) return null;
  const losing = sizes.map((s) => 1 / gasDragTime(density, gasDrag.density, gasDrag.size ?? s));
  return new Drag(disk, losing);
}
