/**
 * The random numbers of NumPy's `default_rng(seed)`: PCG64 (O'Neill 2014, XSL-RR 128/64) started through NumPy's SeedSequence, bit for bit.
 * Used only before a run, where options ask for a draw: nothing is drawn in the loop, so no state of it needs to be kept.
 */
export class Pcg64 {
  private state: bigint;
  private readonly increment: bigint;

  /** @param seed whole number from 0 to 2^53 - 1; @throws RangeError for others */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`seed ${seed}: must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
    }
    const [a, b, c, d] = seedWords(seed);
    this.increment = ((((c << 64n) | d) << 1n) | 1n) & mask128;
    this.state = 0n;
    this.advance();
    this.state = (this.state + ((a << 64n) | b)) & mask128;
    this.advance();
  }

  /** Uniform in [0, 1), 53 bits. */
  random(): number {
    this.advance();
    const folded = (this.state >> 64n) ^ (this.state & mask64);
    const turn = this.state >> 122n;
    const bits = ((folded >> turn) | (folded << ((64n - turn) & 63n))) & mask64;
    return Number(bits >> 11n) * 2 ** -53;
  }

  /** Uniform in [low, high), as NumPy's `uniform`. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  private advance(): void {
    this.state = (this.state * multiplier + this.increment) & mask128;
  }
}

const mask64 = (1n << 64n) - 1n;
const mask128 = (1n << 128n) - 1n;
const multiplier = 0x2360ed051fc65da44385df649fccf645n;

/** Words of 32 bits, the lowest first, that a seed is made of. */
function entropyOf(seed: number): number[] {
  const high = Math.floor(seed / 2 ** 32);
  return high === 0 ? [seed >>> 0] : [seed >>> 0, high];
}

const poolSize = 4;

/** Four words of 64 bits from NumPy's SeedSequence (O'Neill's seed_seq_fe). */
function seedWords(seed: number): [bigint, bigint, bigint, bigint] {
  const pool = mixed(entropyOf(seed));
  let constant = 0x8b51f9dd;
  const halves = Array.from({ length: 2 * poolSize }, (_, i) => {
    let word = pool[i % poolSize] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    word = Math.imul(word, constant);
    return BigInt((word ^ (word >>> 16)) >>> 0);
  });
  const word = (i: number) => halves[2 * i] | (halves[2 * i + 1] << 32n);
  return [word(0), word(1), word(2), word(3)];
}

/** Spreads the seed over the pool so that every bit of it reaches every word. */
function mixed(entropy: readonly number[]): number[] {
  let constant = 0x43b0d7e5;
  const hashed = (value: number) => {
    const scrambled = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    const word = Math.imul(scrambled, constant);
    return word ^ (word >>> 16);
  };
  const pool = Array.from({ length: poolSize }, (_, i) => hashed(entropy[i] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) {
      if (from === to) continue;
      const word = Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, hashed(pool[from]));
      pool[to] = word ^ (word >>> 16);
    }
  }
  return pool;
}
