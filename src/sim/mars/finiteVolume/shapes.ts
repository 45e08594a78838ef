import type { MarsParams } from '../params.js';

/** A distribution of mass over sizes: dM/ds up to a factor, s in m, and the sizes at which it has a kink or a jump. */
export interface Shape {
  readonly density: (s: number) => number;
  readonly breaks: readonly number[];
  /** Scale of ln s on which it varies. */
  readonly scale: number;
  /** Share of the mass. Of several shapes each is normalised by itself. */
  readonly share: number;
}

/** The initial size distribution as continuous shapes (physics.md e). */
export function initialShapes(initial: MarsParams['initial'], min: number, max: number): Shape[] {
  switch (initial.shape) {
    case 'upper':
      return [threeSlopes(initial.alpha, initial.wavy, min, max)];
    case 'melt_lognormal_mixture': {
      const width = initial.widthDex * Math.LN10;
      const bump = (centre: number, share: number): Shape => ({
        density: (s) => (s < initial.cut ? 0 : Math.exp(-0.5 * (Math.log(s / centre) / width) ** 2)),
        breaks: [initial.cut],
        scale: width,
        share,
      });
      return [bump(initial.meterSize, 1 - initial.fineShare), bump(initial.fineSize, initial.fineShare)];
    }
    case 'melt_truncated_powerlaw': {
      const from = Math.max(initial.minSize, initial.cut);
      return [
        {
          density: (s) => (s >= from && s <= initial.maxSize ? s ** (3 - initial.alpha) : 0),
          breaks: [from, initial.maxSize],
          scale: 1,
          share: 1,
        },
      ];
    }
  }
}

/** dN/ds of three slopes, alpha steepening by 1 and 1.5 away from the bottom; no continuity at the breaks, as in the original. */
function threeSlopes(alpha: number, wavy: number, min: number, max: number): Shape {
  return {
    density: (s) => {
      const slope = s < 10 * min ? alpha : s < max / 10 ? alpha + 1 : alpha + 1.5;
      const wave = 1 + wavy * Math.sin((2 * Math.PI * Math.log(s / min)) / Math.log(max / min));
      return Math.max((s / min) ** -slope * wave, 0) * s ** 3;
    },
    breaks: [10 * min, max / 10],
    scale: 1,
    share: 1,
  };
}
