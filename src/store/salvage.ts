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
import { type PartRecord, readPartFooter } from './parts.js';
import { hasState } from './states.js';
import { fileHash } from './verify.js';

/** A chain of parts from the beginning of a run to a state. */
export interface Salvaged {
  /** Each begins at a state that a part carries. */
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
  const found = new Map<string, Link>();
  // A part leads to more steps than it starts from, so its predecessors come before it in this order.
  for (const link of linksIn(layout, identity).sort(bySteps)) {
    const { start, end } = link.footer;
    if (found.has(end.hash) || start.hash === end.hash) continue;
    if (start.hash === beginning || found.has(start.hash)) found.set(end.hash, link);
  }
  return found;
}

/** Of parts that lead to the same state the one that carries it comes first: a run can go on behind it. */
function bySteps({ footer: a }: Link, { footer: b }: Link): number {
  return a.end.steps - b.end.steps || Number(a.endState === null) - Number(b.endState === null);
}

/** Whole parts of this run. The hash comes first: what a damaged footer says may have any form. */
function linksIn(layout: RunLayout, identity: string): Link[] {
  return namesIn(layout.parts).flatMap((file) => {
    if (!file.endsWith('.part') || !isWhole(layout, file)) return [];
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
  for (let at = hash; at !== beginning; at = links.at(-1)!.footer.start.hash) links.push(chains.get(at)!);
  links.reverse();
  const { end, endState, tables } = links.at(-1)!.footer;
  return {
    segments: segmentsOf(layout, links),
    ...end,
    rows: tables.map(({ firstRow, rows }) => firstRow + rows),
    state: endState === null ? null : decoded(endState),
  };
}

/** The pieces that recovery files have cut a segment into are one segment again: only its last part carries the state behind it. */
function segmentsOf(layout: RunLayout, links: readonly Link[]): SegmentRecord[] {
  const segments: SegmentRecord[] = [];
  let pieces: Link[] = [];
  let startState: string | null = '';
  for (const link of links) {
    pieces.push(link);
    if (link.footer.endState === null && link !== links.at(-1)) continue;
    segments.push(recordOf(layout, pieces, segments.length, startState));
    pieces = [];
    startState = link.footer.endState;
  }
  return segments;
}

function recordOf(
  layout: RunLayout,
  pieces: readonly Link[],
  index: number,
  startState: string | null,
): SegmentRecord {
  const { start } = pieces[0]!.footer;
  const { end } = pieces.at(-1)!.footer;
  return {
    ...{ index, fromTime: start.time, toTime: end.time, steps: end.steps, startState },
    ...{ startHash: start.hash, endHash: end.hash, parts: pieces.map((link) => partOf(layout, link)) },
  };
}

function partOf(layout: RunLayout, { file, footer }: Link): PartRecord {
  const { end, batchRows } = footer;
  const place = path.join(layout.parts, file);
  return {
    ...{ file, bytes: fs.statSync(place).size, sha256: fileHash(place), batchRows },
    ...{ endHash: end.hash, endSteps: end.steps },
    tables: footer.tables.map(({ name, firstRow, rows }) => ({ name, firstRow, rows })),
  };
}

function decoded(state: string): Uint8Array {
  return Buffer.from(state, 'base64');
}
