/** The numbers and words of a case's summary.json, flat. */
import fs from 'node:fs';
import { hasCode } from '../error.js';

export type Result = number | string | boolean | null;

/** What a case's summary.json says; `identity` is null in those of the original program. */
export interface CaseResults {
  readonly identity: string | null;
  readonly results: Readonly<Record<string, Result>>;
}

/** How the run was executed, what it is called and where it lies: differs between runs whose results are the same, or stands elsewhere. */
const aside = new Set([
  'execution',
  'files',
  'warnings',
  'title',
  'identity',
  'model',
  'version',
  'status',
  'outdir',
]);

/**
 * @returns null when there is no summary.json
 * @throws SyntaxError when it is not JSON, TypeError when it is not an object
 */
export function readResults(file: string): CaseResults | null {
  const text = textOf(file);
  if (text === null) return null;
  const summary = parsed(text);
  if (typeof summary !== 'object' || summary === null || Array.isArray(summary)) {
    throw new TypeError('is not a summary');
  }
  const { identity, conserved, ...rest } = summary as Record<string, unknown>;
  const own = Object.entries(rest).filter(([name]) => !aside.has(name));
  return {
    identity: typeof identity === 'string' ? identity : null,
    results: Object.fromEntries([
      ...own.flatMap(([name, value]) => flat(name, value)),
      ...conservedOf(conserved),
    ]),
  };
}

function textOf(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

/** The original program writes NaN where JSON has no number; that is a missing value. */
function parsed(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
  return JSON.parse(text.replace(tokens, (token) => (token.startsWith('"') ? token : 'null')));
}

/** Groups become names with an underscore; lists have no place in a row. */
function flat(name: string, value: unknown): [string, Result][] {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([inner, item]) => flat(`${name}_${inner}`, item));
  }
  return [[name, value as Result]];
}

function conservedOf(conserved: unknown): [string, Result][] {
  if (!Array.isArray(conserved)) return [];
  return conserved.map(({ name, error }) => [`conserved_${name}_max_error`, error]);
}

/** The conserved quantity whose error a result is, or null. */
export function conservedIn(result: string): string | null {
  return /^conserved_(.+)_max_error$/.exec(result)?.[1] ?? null;
}
