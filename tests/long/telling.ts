import { writeSync } from 'node:fs';

/** A line on the terminal at once: jest would keep it until the test is over. */
export function tell(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Seconds since a moment of `performance.now()`, to a tenth. */
export function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

/** Number, middle and largest of some durations in milliseconds. */
export function spread(durations: readonly number[]): string {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (share: number) => ((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) / 1000).toFixed(1);
  return `${sorted.length} times, median ${at(0.5)} s, 95 % within ${at(0.95)} s, at most ${at(1)} s`;
}
