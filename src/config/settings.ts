import { type DurationUnit, inSeconds } from './durations.js';
import { keyNamed, sections } from './keys/index.js';
import { inLegacy, isLegacy } from './keys/legacy.js';
import { type Problems, shown } from './problems.js';
import type { Origin } from './runSpec.js';
import type { Entry } from './source/entry.js';

/**
 * The values of all keys: those given, else the defaults. A value that was already refused counts as its default, so that the
 * other checks can go on; a required value that is missing is NaN (every comparison with it is false).
 */
export class Settings {
  private readonly decided = new Map<string, { value: unknown; origin: Origin }>();

  constructor(
    private readonly entries: ReadonlyMap<string, Entry>,
    readonly problems: Problems,
    readonly warnings: string[],
  ) {
    this.legacy = isLegacy(entries.get('numerics.solver')?.value);
  }

  /** Whether the legacy solver was asked for: some keys have other defaults then. */
  readonly legacy: boolean;

  private key(name: string) {
    const key = keyNamed.get(name);
    if (!key) throw new Error(`no such key: ${name}`);
    return this.legacy ? inLegacy(key) : key;
  }

  private usable(name: string): boolean {
    return this.entries.has(this.key(name).name) && !this.problems.blames(name);
  }

  /** True if some layer gives the key a usable value other than null. */
  given(name: string): boolean {
    return this.usable(name) && this.entries.get(name)!.value !== null;
  }

  /** True if a given value says no more than the default. */
  isDefault(name: string): boolean {
    return this.value(name) === this.key(name).default;
  }

  /** True if the key or anything below the section is given. */
  sectionGiven(section: string): boolean {
    return [...this.entries.keys()].some((name) => name === section || name.startsWith(`${section}.`));
  }

  /** True if the section is null and nothing says something about it again. */
  switchedOff(section: string): boolean {
    return this.entries.get(section)?.value === null;
  }

  /** Sections that are null and stay so, as they go into the record of the run. */
  nullSections(): { name: string; value: null; origin: Origin }[] {
    const off = [...this.entries.values()].filter(({ name, value }) => value === null && sections.has(name));
    return off.map(({ name, origin }) => ({ name, value: null, origin }));
  }

  value(name: string): unknown {
    const key = this.key(name);
    return this.usable(name) ? this.entries.get(name)!.value : key.default;
  }

  /** True if the key decides something even when it is not given. */
  acts(name: string): boolean {
    const key = this.key(name);
    return key.status === 'active' && key.default !== undefined;
  }

  origin(name: string): Origin {
    return this.entries.get(name)?.origin ?? 'default';
  }

  /** A number; NaN and a problem if a required one is missing. */
  number(name: string, why = 'is required'): number {
    const value = this.value(name);
    if (typeof value === 'number') return value;
    this.refuse(name, `${name} ${why}`);
    return Number.NaN;
  }

  maybeNumber(name: string): number | null {
    const value = this.value(name);
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean {
    return this.value(name) === true;
  }

  text<T extends string = string>(name: string): T {
    return String(this.value(name)) as T;
  }

  maybeText(name: string): string | null {
    const value = this.value(name);
    return typeof value === 'string' ? value : null;
  }

  /** Seconds of a duration whose plain numbers count in `unit`. */
  seconds(name: string, unit: DurationUnit): number | null {
    const value = this.value(name);
    return typeof value === 'number' || typeof value === 'string' ? inSeconds(value, unit) : null;
  }

  /** Records that a key's value cannot be used. */
  refuse(name: string, message: string): void {
    this.problems.add(name, message, this.entries.get(name)?.place);
  }

  /** As `refuse`, with the value in front: `name = value: message`. */
  refuseValue(name: string, message: string): void {
    this.refuse(name, `${name} = ${shown(this.value(name))}: ${message}`);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  /** Records what became of a key that left its value to something else; shown in place of what was given. */
  decide(name: string, value: unknown, origin: Origin): void {
    this.decided.set(this.key(name).name, { value, origin });
  }

  isDecided(name: string): boolean {
    return this.decided.has(name);
  }

  /** All given, decided and default values by dotted name, as they go into the record of the run. */
  resolved(names: Iterable<string>): { name: string; value: unknown; origin: Origin }[] {
    return [...names].map((name) => ({
      name,
      ...(this.decided.get(name) ?? { value: this.value(name), origin: this.origin(name) }),
    }));
  }
}
