import type { Archive } from '../../config/runSpec.js';

/** How fast an archive takes files. */
export class Pace {
  bytes = 0;
  /** s of copying */
  seconds = 0;

  add(bytes: number, ms: number): void {
    this.bytes += bytes;
    this.seconds += ms / 1000;
  }

  /** Words about an archive that is slower than its owner expects; null: none. */
  complaint(place: string, { warnSlow, warnSlowFrom }: Archive): string | null {
    const speed = this.bytes / this.seconds;
    if (this.bytes === 0 || this.bytes < warnSlowFrom || speed >= warnSlow) return null;
    return (
      `${place} took ${(this.bytes / 1e9).toPrecision(3)} GB at ${(speed / 1e6).toPrecision(3)} MB/s, ` +
      `less than the ${warnSlow / 1e6} MB/s of io.archive.warn_slow_mb_s`
    );
  }
}
