import { formatBytes } from '../report/format.js';
import type { ArchiveEvents } from '../store/archive/archiveUnit.js';
import { hooks } from '../worker/hooks.js';

/** Between two lines, ms. */
const lineEvery = 10_000;

/** Says how an archive comes on, on stderr. */
export class ArchiveView {
  private bytes = 0;
  private copied = 0;
  private verified = 0;
  private due = performance.now() + lineEvery;

  constructor(private readonly quiet: boolean) {}

  events(): ArchiveEvents {
    return {
      onBytes: (bytes) => {
        this.bytes += bytes;
        hooks.onEvent('archive-bytes', { bytes: this.bytes });
        this.tell();
      },
      onCopied: (file) => {
        this.copied += 1;
        hooks.onEvent('archive-copied', { file });
      },
      onVerified: (file) => {
        this.verified += 1;
        hooks.onEvent('archive-verified', { file });
      },
      onRemoved: (file) => void hooks.onEvent('archive-removed', { file }),
    };
  }

  warn(message: string): void {
    process.stderr.write(`warning: ${message}\n`);
  }

  done(): void {
    this.due = Number.POSITIVE_INFINITY;
  }

  private tell(): void {
    if (this.quiet || performance.now() < this.due) return;
    this.due = performance.now() + lineEvery;
    process.stderr.write(
      `archive: ${this.copied} files copied, ${this.verified} verified, ${formatBytes(this.bytes)} written and read\n`,
    );
  }
}
