/**
 * What stays of the segments of a finished run, `checks/segments.json`: enough to compute a lost file again, segment by segment, long
 * after parts, manifest and history are gone.
 */
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { makeFolder } from './durable.js';
import type { RunLayout } from './layout.js';
import type { SegmentRecord } from './manifest.js';
import { writeSealed } from './sealed.js';
import { isReference, stateOf } from './states.js';

/** Segments that are computed again in one go. */
export interface Stretch {
  /** s of model time, and accepted steps of the run, at its end */
  readonly toTime: number;
  readonly steps: number;
  /** Encoded state in front of it, base64; empty: the beginning of the run. Null where it is too large: it is the end of the stretch before. */
  readonly startState: string | null;
  readonly startHash: string;
  /** Null: not recorded. */
  readonly endHash: string | null;
  /** Rows in front of it, per table. */
  readonly rows: readonly number[];
}

/** What of a specification shapes results and summary. */
export type Essentials = Pick<RunSpec, 'title' | 'model' | 'params' | 'identity' | 'warnings'>;

export interface KeptRun {
  readonly schema: 1;
  readonly identity: string;
  readonly spec: Essentials;
  /** run_config.json as it was when the run was on its way. */
  readonly runConfig: Readonly<Record<string, unknown>>;
  readonly stretches: readonly Stretch[];
  /** Encoded state at the end of the run, base64; null where it is too large. */
  readonly endState: string | null;
}

/** A longer run keeps the states in front of every second segment, third, ...: half a MB at the most for the Mars disk. */
const mostStretches = 512;

export function essentialsOf({ title, model, params, identity, warnings }: Essentials): Essentials {
  return { title, model, params, identity, warnings };
}

/** @param end state behind the last segment */
export function keepRun(
  layout: RunLayout,
  spec: RunSpec,
  runConfig: Readonly<Record<string, unknown>>,
  segments: readonly SegmentRecord[],
  end: Uint8Array,
): void {
  const kept: KeptRun = {
    schema: 1,
    identity: spec.identity,
    spec: essentialsOf(spec),
    runConfig,
    stretches: stretchesOf(layout, segments),
    endState: isReference(end) ? null : base64(end),
  };
  writeKept(layout, kept);
}

export function writeKept(layout: RunLayout, kept: KeptRun): void {
  makeFolder(path.dirname(layout.kept));
  writeSealed(layout.kept, { ...kept }, 0); // thousands of cases have one each
}

function stretchesOf(layout: RunLayout, segments: readonly SegmentRecord[]): Stretch[] {
  const length = Math.ceil(segments.length / mostStretches);
  const stretches: Stretch[] = [];
  for (let from = 0; from < segments.length; from += length) {
    const first = segments[from]!;
    const last = segments[Math.min(from + length, segments.length) - 1]!;
    stretches.push({
      toTime: last.toTime,
      steps: last.steps,
      startState: startStateOf(layout, first),
      startHash: first.startHash,
      endHash: last.endHash,
      rows: first.parts[0]!.tables.map(({ firstRow }) => firstRow),
    });
  }
  return stretches;
}

/** The first state of a run cannot be computed from any other, so it is kept whatever its size. */
function startStateOf(layout: RunLayout, { index, startState }: SegmentRecord): string | null {
  if (startState === null) return null;
  const state = Buffer.from(startState, 'base64');
  if (!isReference(state)) return startState;
  return index === 0 ? base64(stateOf(layout, state)) : null;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
