import type { RunLayout } from '../store/layout.js';
import type { SegmentRecord } from '../store/manifest.js';
import { segmentNamed } from '../store/parts.js';
import { hasState } from '../store/states.js';
import type { Dependencies } from './dependencies.js';
import type { RunFolder } from './runFolder.js';
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
  let from = at.segment;
  while (from > 0 && !isThere(layout, segments[from]!)) from -= 1;
  return {
    outdir: layout.outdir,
    specHash,
    segment: segmentNamed(part),
    state: stateOfSegment(segments[from]!),
    startSteps: before?.endSteps ?? null,
    part,
    endsSegment: part === parts.at(-1),
    inlineStateLimit,
  };
}

function isThere(layout: RunLayout, segment: SegmentRecord): boolean {
  return segment.startState !== null && hasState(layout, stateOfSegment(segment));
}

/** Without a known state: the beginning of the run, from which everything can be computed. */
function stateOfSegment(segment: SegmentRecord): Uint8Array {
  return Buffer.from(segment.startState ?? '', 'base64');
}
