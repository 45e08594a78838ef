import type { Disk } from '../disk.js';
import type { DiskRates } from '../rates.js';

/** Numbers that a run keeps for it: least and greatest of the feedback's scale, and of what reaches the surface over what the law says. */
const memory = 4;

/** None where what reaches the surface is what the law says. */
export function supplyMemory({ supply, phase }: Disk['params']): number {
  if (supply === null) return 0;
  const { feedback, mixingTime, reservoir, temperature } = supply;
  return feedback || mixingTime || reservoir || temperature || phase ? memory : 0;
}

/** Extremes of the supply over the ends of all steps. */
export class SupplyExtremes {
  /** @param kept a part of the run's state, which `begin` and `observe` change */
  constructor(
    private readonly rates: DiskRates,
    private readonly kept: Float64Array,
  ) {}

  /** The start of a run. */
  begin(t: number, y: Float64Array): void {
    const [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    this.kept.set([least, greatest, least, greatest]);
    this.observe(t, y);
  }

  /** The end of a step, in the interval that the rates have entered. */
  observe(t: number, y: Float64Array): void {
    const { rates } = this;
    const surface = rates.supply(t, y);
    this.widen(0, rates.supplied.feedbackScale(y));
    rates.supplied.at(t);
    const { nominal } = rates.supplied;
    if (nominal > 0) this.widen(2, surface / nominal);
  }

  private widen(at: number, value: number): void {
    this.kept[at] = Math.min(this.kept[at], value);
    this.kept[at + 1] = Math.max(this.kept[at + 1], value);
  }
}
