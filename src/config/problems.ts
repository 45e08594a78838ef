import { ConfigurationError, type Problem } from './error.js';
import type { Place } from './source/entry.js';

/** Gathers everything that is wrong, so that the user reads it all at once. A key is complained about once. */
export class Problems {
  readonly found: Problem[] = [];
  private readonly blamed = new Set<string>();

  /** @param place where the value stands; its typed form, if any, is shown in the message. */
  add(key: string, message: string, place: Place = {}): void {
    if (key !== '' && this.blamed.has(key)) return;
    this.blamed.add(key);
    const { typed, ...position } = place;
    this.found.push({ key, message: typed === undefined ? message : `${message} (${typed})`, ...position });
  }

  blames(key: string): boolean {
    return this.blamed.has(key);
  }

  /** @throws ConfigurationError if anything was found. */
  check(): void {
    if (this.found.length > 0) throw new ConfigurationError(this.found);
  }
}

/** A value as it appears in messages. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner,
  );
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
