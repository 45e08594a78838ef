import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { makeFolder, writeDurably } from './durable.js';
import { DamagedData, hasCode } from './error.js';
import type { RunLayout } from './layout.js';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const RANDOM_CHARACTERS = 10;
const PATTERN = /^[A-Za-z0-9._-]+-[a-z2-7]{10}$/;

/** Where the id of a run stands, or likewise that of a sweep. */
type Place = Pick<RunLayout, 'outdir' | 'runId'>;

/**
 * The run's random id, `<title>-<10 base32 characters>`, which is also its workflow id. The first caller writes it; two racing
 * callers get the same one.
 * @param title readable name; characters other than letters, digits, `.`, `_` and `-` become `-`
 */
export function readOrCreateRunId(layout: Place, title: string): string {
  const known = readRunId(layout);
  if (known !== null) return known;
  makeFolder(layout.outdir);
  const id = freshId(title);
  try {
    writeDurably(layout.runId, `${id}\n`, { createOnly: true });
    return id;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return readRunId(layout)!;
  }
}

/** Gives a folder that came with the id of another folder's run one of its own; whoever has done so in between has decided it. */
export function replaceRunId(layout: Place, foreign: string, title: string): string {
  const known = readRunId(layout);
  if (known !== null && known !== foreign) return known;
  const id = freshId(title);
  writeDurably(layout.runId, `${id}\n`);
  return id;
}

/** The id written by the first command on this folder, or null. */
export function readRunId(layout: Place): string | null {
  let text: string;
  try {
    text = fs.readFileSync(layout.runId, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  if (PATTERN.test(text)) return text;
  throw new DamagedData(
    layout.runId,
    `holds ${JSON.stringify(text.slice(0, 80))} instead of a run id`,
    'Restore it from a copy, or use --restart to begin again in this folder.',
  );
}

function freshId(title: string): string {
  return `${readable(title)}-${randomBase32()}`;
}

function readable(title: string): string {
  return title.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 64) || 'run';
}

function randomBase32(): string {
  return Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => BASE32[byte & 31]).join('');
}
