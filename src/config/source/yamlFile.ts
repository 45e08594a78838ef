import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigurationError, type Problem } from '../error.js';
import { type Entry, entriesOf, type Place } from './entry.js';

type Positions = Map<string, { line: number; column: number }>;

const joined = (path: readonly string[]) => JSON.stringify(path);

function recordPositions(
  node: unknown,
  path: readonly string[],
  counter: LineCounter,
  positions: Positions,
): void {
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      const inner = [...path, String(i)];
      const { line, col } = counter.linePos((item as Node | null)?.range?.[0] ?? 0);
      positions.set(joined(inner), { line, column: col });
      recordPositions(item, inner, counter, positions);
    }
  }
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const key = pair.key as Node | null;
    const name = isScalar(key) ? String(key.value) : isAlias(key) ? key.source : String(key);
    const inner = [...path, name];
    const offset = key?.range?.[0] ?? 0;
    const { line, col } = counter.linePos(offset);
    positions.set(joined(inner), { line, column: col });
    recordPositions(pair.value, inner, counter, positions);
  }
}

/** Plain data of a document; aliases that multiply without end are refused. */
function plainValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    throw new ConfigurationError([{ key: '', message: (error as Error).message, file }]);
  }
}

export interface YamlDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** Place of a key, or of an item of a list; what is missing has that of what it is missing in. */
  placeOf(path: readonly string[]): Place;
}

/**
 * Reads one YAML document (core schema of YAML 1.2, merge keys allowed) whose root is a map.
 * @param shape what the root should look like, for the message
 * @throws ConfigurationError for damaged YAML, unknown tags and duplicate keys, all of them at once.
 */
export function readDocument(text: string, file: string, shape: string): YamlDocument {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    schema: 'core',
    uniqueKeys: true,
    merge: true,
    prettyErrors: false,
  });
  const problems = [...document.errors, ...document.warnings].map((error): Problem => {
    const { line, col } = counter.linePos(error.pos[0]);
    return { key: '', message: error.message, file, line, column: col };
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  const value = plainValue(document, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigurationError([{ key: '', message: shape, file, line: 1, column: 1 }]);
  }
  const positions: Positions = new Map();
  recordPositions(document.contents, [], counter, positions);
  const placeOf = (path: readonly string[]): Place => {
    const position = positions.get(joined(path));
    return position === undefined && path.length > 0 ? placeOf(path.slice(0, -1)) : { file, ...position };
  };
  return { value: value as Record<string, unknown>, placeOf };
}

/** Reads a configuration into entries that know their place; see `readDocument`. */
export function readYaml(text: string, file: string): Entry[] {
  const shape = 'a configuration is a map of sections, such as "sizes: {s_min: 1e-7}"';
  const { value, placeOf } = readDocument(text, file, shape);
  return entriesOf(value, [], 'file', placeOf);
}
