import type { Cells } from './cells.js';

/**
 * Shares of the cells below the blow-out size, for the profile (M/h)(1 + sigma xi): share_k M_k + tilt_k L_k lies below a (spec/sizes.md 1.4).
 * Only the cell that holds a depends on it, continuously.
 */
export class BlowoutShares {
  readonly share: Float64Array;
  readonly tilt: Float64Array;
  /** Cell that holds a; 0: none (a below the grid), n + 1: none (above). */
  straddled = 0;
  /** Derivatives of its two shares by ln a. */
  shareSlope = 0;
  tiltSlope = 0;

  constructor(private readonly cells: Cells) {
    this.share = new Float64Array(cells.count + 1);
    this.tilt = new Float64Array(cells.count + 1);
  }

  /** @param cell that holds a, decided once per interval between break times */
  set(a: number, cell: number): void {
    const { share, tilt, cells } = this;
    share.fill(1, 0, cell).fill(0, cell);
    tilt.fill(0);
    this.straddled = cell;
    this.shareSlope = 0;
    this.tiltSlope = 0;
    if (cell === 0 || cell > cells.count) return;
    const xi = Math.min(Math.max(placeIn(cells, cell, a), -1), 1);
    share[cell] = (1 + xi) / 2;
    tilt[cell] = (xi * xi - 1) / 4;
    this.shareSlope = 1 / cells.width;
    this.tiltSlope = xi / cells.width;
  }
}

/** Place of a size in its cell, -1 at the lower and 1 at the upper edge. */
export function placeIn({ edges, width }: Cells, cell: number, a: number): number {
  return (2 * Math.log(a / edges[cell - 1])) / width - 1;
}
