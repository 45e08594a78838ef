import type { RunLayout } from '../store/layout.js';
import type { SegmentRecord } from '../store/manifest.js';
import { segmentNamed } from '../store/parts.js';
import { hasState } from '../store/states.js';
import type { Dependencies } from './dependencies.js';
import type { RunFolder } from './runFolder.js';
import { underItsName } from './threadFailure.js';

/**
 * Computes a lost part again, and only it, in a compute thread.
 * @param segments all segments of the run; the state in front of the part is that of its segment, or of the nearest one before it whose
 * state is still there
 * @param at indices of the segment, and of the part in it
 */
export async function repairPart(
  dependencies: Dependencies,
  { layout }: RunFolder,
  specHash: string,
  segments: readonly SegmentRecord[],
  at: { readonly segment: number; readonly part: number },
): Promise<void> {
  const parts = segments.slice(0, at.segment + 1).flatMap((segment) => segment.parts);
  const part = segments[at.segment]!.parts[at.part]!;
  const before = parts[parts.indexOf(part) - 1];
  let from = at.segment;
  while (from > 0 && !isThere(layout, segments[from]!)) from -= 1;
  const task = {
    outdir: layout.outdir,
    specHash,
    segment: segmentNamed(part),
    state: stateOfSegment(segments[from]!),
    startSteps: before?.endSteps ?? null,
    part,
    endsSegment: part === segments[at.segment]!.parts.at(-1),
    inlineStateLimit: dependencies.inlineStateLimit,
  };
  await dependencies.computePool.repair(task).catch(underItsName);
  dependencies.onEvent('part-repaired', { segment: task.segment, file: part.file });
}

function isThere(layout: RunLayout, segment: SegmentRecord): boolean {
  return segment.startState !== null && hasState(layout, stateOfSegment(segment));
}

/** Without a known state: the beginning of the run, from which everything can be computed. */
function stateOfSegment(segment: SegmentRecord): Uint8Array {
  return Buffer.from(segment.startState ?? '', 'base64');
}
