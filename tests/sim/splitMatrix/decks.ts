import fc from 'fast-check';

/** Deals values to a number of places so that each occurs about equally often, in random company: pairs meet without being listed. */
export class Decks {
  private drawn = 0;

  constructor(
    private readonly seed: number,
    private readonly places: number,
  ) {}

  /** One value for each place, shuffled. The same seed and order of calls give the same deal. */
  of<T>(...values: readonly T[]): readonly T[] {
    const cards = Array.from({ length: this.places }, (_, i) => i % values.length);
    const whole = { minLength: this.places, maxLength: this.places };
    const [order] = fc.sample(fc.shuffledSubarray([...cards.keys()], whole), {
      seed: this.seed + 7919 * this.drawn++,
      numRuns: 1,
    });
    return order!.map((i) => values[cards[i]!]!);
  }
}
