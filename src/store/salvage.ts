/**
 * What is left of a run whose history is lost. Parts say of themselves from which state to which they lead, so those that are whole can be
 * put in order again: a chain from the beginning of the run holds exactly the rows of the uninterrupted one, whoever wrote its parts.
 */
import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from './durable.js';
import { DamagedData } from './error.js';
import { namesIn } from './folders.js';
import type { RunLayout } from './layout.js';
import type { SegmentRecord } from './manifest.js';
import type { PartFooter } from './partFooter.js';
import { readPartFooter } from './parts.js';
import { hasState } from './states.js';
import { fileHash } from './verify.js';

/** A chain of parts from the beginning of a run to a state. */
export interface Salvaged {
  /** A segment for each part; where the states between them are not known, `startState` is null. */
  readonly segments: readonly SegmentRecord[];
  /** Where the chain ends. */
  readonly hash: string;
  readonly steps: number;
  readonly time: number;
  /** Rows up to there, per table in the model's order. */
  readonly rows: readonly number[];
  /** The state at the end, or a reference to it; null when only its hash is known. */
  readonly state: Uint8Array | null;
}

interface Link {
  readonly file: string;
  readonly footer: PartFooter;
}

/** SHA-256 of no bytes: the state in front of a run. */
const beginning = sha256('');

/**
 * The chain that leads furthest, to a state that is there.
 * @returns null when no whole part of this run begins at its beginning
 */
export function salvage(layout: RunLayout, identity: string): Salvaged | null {
  const chains = reachable(layout, identity);
  const ends = [...chains.values()].map((link) => link.footer);
  const usable = ends.filter(({ endState }) => endState !== null && hasState(layout, decoded(endState)));
  const furthest = usable.sort((a, b) => a.end.steps - b.end.steps).at(-1);
  return furthest === undefined ? null : chainTo(layout, chains, furthest.end.hash);
}

/** The chain that leads to the state with this hash, or null. */
export function salvageTo(layout: RunLayout, identity: string, hash: string): Salvaged | null {
  const chains = reachable(layout, identity);
  return chains.has(hash) ? chainTo(layout, chains, hash) : null;
}

/** For each state that whole parts lead to from the beginning: the last of them. */
function reachable(layout: RunLayout, identity: string): Map<string, Link> {
  const links = linksIn(layout, identity).sort((a, b) => a.footer.end.steps - b.footer.end.steps);
  const found = new Map<string, Link>();
  // A part leads to more steps than it starts from, so its predecessors come before it in this order.
  for (const link of links) {
    const { start, end } = link.footer;
    if (found.has(end.hash) || start.hash === end.hash) continue;
    if ((start.hash === beginning || found.has(start.hash)) && isWhole(layout, link.file))
      found.set(end.hash, link);
  }
  return found;
}

function linksIn(layout: RunLayout, identity: string): Link[] {
  return namesIn(layout.parts).flatMap((file) => {
    if (!file.endsWith('.part')) return [];
    try {
      const footer = readPartFooter(path.join(layout.parts, file));
      return footer.identity === identity ? [{ file, footer }] : [];
    } catch (error) {
      if (error instanceof DamagedData) return [];
      throw error;
    }
  });
}

/** A part carries the start of its hash in its name. */
function isWhole(layout: RunLayout, file: string): boolean {
  return fileHash(path.join(layout.parts, file)).startsWith(
    file.slice(file.lastIndexOf('-') + 1, -'.part'.length),
  );
}

function chainTo(layout: RunLayout, chains: ReadonlyMap<string, Link>, hash: string): Salvaged {
  const links: Link[] = [];
  for (let at = hash; at !== beginning; at = links[0]!.footer.start.hash) links.unshift(chains.get(at)!);
  const { end, endState, tables } = links.at(-1)!.footer;
  return {
    segments: links.map((link, index) => recordOf(layout, link, index, links[index - 1])),
    ...end,
    rows: tables.map(({ firstRow, rows }) => firstRow + rows),
    state: endState === null ? null : decoded(endState),
  };
}

function recordOf(
  layout: RunLayout,
  { file, footer }: Link,
  index: number,
  before: Link | undefined,
): SegmentRecord {
  const { start, end, batchRows } = footer;
  const place = path.join(layout.parts, file);
  const part = {
    ...{ file, bytes: fs.statSync(place).size, sha256: fileHash(place), batchRows },
    ...{ endHash: end.hash, endSteps: end.steps },
    tables: footer.tables.map(({ name, firstRow, rows }) => ({ name, firstRow, rows })),
  };
  const startState = before === undefined ? '' : before.footer.endState;
  return {
    ...{ index, fromTime: start.time, toTime: end.time, steps: end.steps },
    ...{ startState, startHash: start.hash, endHash: end.hash, parts: [part] },
  };
}

function decoded(state: string | null): Uint8Array {
  return Buffer.from(state ?? '', 'base64');
}
