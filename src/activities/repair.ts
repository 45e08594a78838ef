import type { RunLayout } from '../store/layout.js';
import type { SegmentRecord } from '../store/manifest.js';
import { segmentNamed } from '../store/parts.js';
import type { RunFolder } from '../store/runFolder.js';
import { hasState } from '../store/states.js';
import type { Dependencies } from './dependencies.js';
import type { RepairTask } from './segmentTask.js';
import { underItsName } from './threadFailure.js';

/** Computes a lost part again, and only it, in a compute thread. */
export async function repairPart(
  dependencies: Dependencies,
  { layout }: RunFolder,
  specHash: string,
  segments: readonly SegmentRecord[],
  at: PartPlace,
): Promise<void> {
  const task = repairTask(layout, specHash, segments, at, dependencies.inlineStateLimit);
  await dependencies.computePool.repair(task).catch(underItsName);
  dependencies.onEvent('part-repaired', { segment: task.segment, file: task.part.file });
}

/** Indices of a segment, and of a part in it. */
export interface PartPlace {
  readonly segment: number;
  readonly part: number;
}

/**
 * What it takes to compute a part again.
 * @param segments all segments of the run; the state in front of the part is that of its segment, or of the nearest one before it whose
 * state is still there
 */
export function repairTask(
  layout: RunLayout,
  specHash: string,
  segments: readonly SegmentRecord[],
  at: PartPlace,
  inlineStateLimit: number,
): RepairTask {
  const { parts } = segments[at.segment]!;
  const part = parts[at.part]!;
  const before = parts[at.part - 1] ?? segments[at.segment - 1]?.parts.at(-1);
  return {
    outdir: layout.outdir,
    specHash,
    segment: segmentNamed(part),
    state: stateInFront(layout, segments.slice(0, at.segment + 1)),
    startSteps: before?.endSteps ?? null,
    part,
    endsSegment: part === parts.at(-1),
    inlineStateLimit,
  };
}

/** The start state of the last of these segments whose state is still there; without any, the beginning, from which everything can be computed. */
function stateInFront(layout: RunLayout, segments: readonly SegmentRecord[]): Uint8Array {
  for (let i = segments.length - 1; i > 0; i -= 1) {
    const { startState } = segments[i]!; // read from its manifest file each time it is asked for
    const state = startState === null ? null : Buffer.from(startState, 'base64');
    if (state !== null && hasState(layout, state)) return state;
  }
  return Buffer.from(segments[0]!.startState ?? '', 'base64');
}
