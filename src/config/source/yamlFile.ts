import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
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

/**
 * Reads one YAML document (core schema of YAML 1.2, merge keys allowed) into entries that know their place.
 * @throws ConfigurationError for damaged YAML, unknown tags and duplicate keys, all of them at once.
 */
export function readYaml(text: string, file: string): Entry[] {
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
    const message = 'a configuration is a map of sections, such as "sizes: {s_min: 1e-7}"';
    throw new ConfigurationError([{ key: '', message, file, line: 1, column: 1 }]);
  }
  const positions: Positions = new Map();
  recordPositions(document.contents, [], counter, positions);
  const placeOf = (path: readonly string[]): Place => ({ file, ...positions.get(joined(path)) });
  return entriesOf(value, [], 'file', placeOf);
}
