import { parse } from 'yaml';
import { ConfigurationError, type Problem } from '../error.js';
import { keyNamed } from '../keys/index.js';
import { type Entry, entriesOf, presentName } from './entry.js';

const numbers: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};

/** A value typed outside a file: any YAML scalar, list or map; also none, nan and inf, as the original understands them. */
function typedValue(text: string, name: string): unknown {
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  if (word in numbers) return numbers[word];
  // `none` means "no value", except for keys that have a choice of that name (psd.floor.mode, sinks.mode, ...).
  if (word === 'none') return keyNamed.get(name)?.type.safeParse('none').success ? 'none' : null;
  return parse(trimmed, { schema: 'core', uniqueKeys: true });
}

function entriesFrom(
  name: string,
  text: string,
  origin: 'environment' | 'command line',
  typed: string,
): Entry[] {
  const path = name.split('.');
  return entriesOf(typedValue(text, presentName(path)), path, origin, () => ({ typed }));
}

/**
 * Entries of `KEY=VALUE` words, in their order.
 * @throws ConfigurationError naming every word that is no assignment or whose value is no YAML.
 */
export function readOverrides(words: readonly string[]): Entry[] {
  const problems: Problem[] = [];
  const entries = words.flatMap((word) => {
    const split = word.indexOf('=');
    const typed = `command line: ${word}`;
    if (split < 1) {
      problems.push({ key: '', message: `${typed}: expected KEY=VALUE, such as numerics.rtol=1e-8` });
      return [];
    }
    const key = word.slice(0, split).trim();
    try {
      return entriesFrom(key, word.slice(split + 1), 'command line', typed);
    } catch (error) {
      problems.push({ key, message: `${typed}: the value is not valid YAML: ${(error as Error).message}` });
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return entries;
}

const prefix = 'MARSDISK__';

/** Switches of the original program, and the words that it understands. */
const switches: Readonly<Record<string, string>> = { IO_ARCHIVE: 'io.archive.enabled' };
const on = /^(1|true|yes|on|enabled?)$/i;
const off = /^(0|false|no|off|disabled?)$/i;

/** Entries of environment variables such as `MARSDISK__numerics__rtol=1e-8`, in the order of their names; before them the switches. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Entry[] {
  const problems: Problem[] = [];
  const names = Object.keys(environment)
    .filter((name) => name.startsWith(prefix))
    .sort();
  const switched = Object.entries(switches).flatMap(([name, key]) => {
    const text = environment[name]?.trim() ?? '';
    if (text === '') return [];
    const typed = `environment: ${name}=${text}`;
    if (on.test(text) || off.test(text)) return entriesFrom(key, String(on.test(text)), 'environment', typed);
    problems.push({ key, message: `${typed}: must be on or off` });
    return [];
  });
  const entries = names.flatMap((name) => {
    const key = name.slice(prefix.length).split('__').join('.');
    const typed = `environment: ${name}=${environment[name]}`;
    try {
      return entriesFrom(key, environment[name] ?? '', 'environment', typed);
    } catch (error) {
      problems.push({ key, message: `${typed}: the value is not valid YAML: ${(error as Error).message}` });
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return [...switched, ...entries];
}
