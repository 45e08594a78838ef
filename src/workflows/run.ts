/**
 * A run: one activity per segment, each taking the state in front of it and returning the next one, then merge, check, summary, figure.
 * The event history is the resume mechanism, so nothing here may depend on anything but its inputs and results.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  defineQuery,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, ManifestRef, SegmentResult } from '../activities/contract.js';
import { activityOptions } from './activityOptions.js';
import { pack, unpack } from './envelope.js';
import {
  type Carry,
  carryQueryName,
  type Progress,
  progressQueryName,
  type Restart,
  type RunInput,
  type RunResult,
} from './messages.js';
import { nextBoundary, segmentSummary } from './segments.js';
import { Visibility } from './visibility.js';

const progressQuery = defineQuery<Progress>(progressQueryName);
const carryQuery = defineQuery<Uint8Array>(carryQueryName);

/**
 * @param input specification and progress of earlier histories of this run
 * @param state encoded state in front of the next segment; empty at the beginning
 * @param starts start states of `input.carry.pending`, in order
 */
export async function run(input: RunInput, state: Uint8Array, ...starts: Uint8Array[]): Promise<RunResult> {
  const { spec, policy } = input;
  const activities = proxyActivities<Activities>(activityOptions(policy));
  const visibility = new Visibility(spec, input.searchAttributes);
  const pendingStarts = [...starts];
  let carry: Carry = input.carry;
  let specHash = input.specHash;
  setHandler(progressQuery, () => visibility.progress(carry));
  setHandler(carryQuery, () => pack({ carry, specHash }, [state, ...pendingStarts]));

  specHash ??= await activities.publishSpec(spec);
  visibility.phase('running');

  /** One segment; a specification that has vanished from the run's folder is written again, because the history still holds it. */
  async function advance(): Promise<Uint8Array> {
    const boundary = nextBoundary(carry.time, spec.segments.interval);
    const summary = segmentSummary(carry.segment, carry.time, boundary);
    for (;;) {
      const request = {
        outdir: spec.outdir,
        specHash: specHash!,
        segment: carry.segment,
        boundary,
        rows: carry.rows,
      };
      try {
        return await activities.advanceSegment.executeWithOptions({ summary }, [request, state]);
      } catch (error) {
        if (!isFailureOf(error, 'SpecMissing')) throw error;
        specHash = await activities.publishSpec(spec);
      }
    }
  }

  async function writeManifest(): Promise<ManifestRef> {
    if (carry.pending.length > 0) {
      const request = { outdir: spec.outdir, previous: carry.manifest, segments: carry.pending };
      const summary = `manifest: segments up to ${carry.segment - 1}`;
      const manifest = await activities.appendManifest.executeWithOptions({ summary }, [
        request,
        ...pendingStarts,
      ]);
      carry = { ...carry, manifest, pending: [] };
      pendingStarts.length = 0;
    }
    return carry.manifest!;
  }

  let segmentsHere = 0;
  while (!carry.done) {
    const { header, blobs } = unpack<SegmentResult>(await advance());
    pendingStarts.push(state);
    state = blobs[0]!;
    carry = accept(carry, header);
    visibility.segment(header);
    segmentsHere += 1;
    if (carry.pending.length >= policy.manifestEverySegments) await writeManifest();
    if (
      !carry.done &&
      (segmentsHere >= policy.continueAsNewAfterSegments || workflowInfo().continueAsNewSuggested)
    ) {
      await writeManifest();
      await continueAsNew<typeof run>({ ...input, specHash, carry }, state);
    }
  }

  const manifest = await writeManifest();
  const request = { outdir: spec.outdir, specHash, manifest, rows: carry.rows };
  const execution = {
    workflowId: workflowInfo().workflowId,
    segments: carry.segment,
    restarts: carry.restarts,
  };
  visibility.phase('merging');
  await activities.mergeSeries(request);
  visibility.phase('checking');
  await activities.checkRun(request, state);
  visibility.phase('reporting');
  if (spec.figures) await activities.drawFigure(request);
  await activities.removeParts(request);
  // Last, because whoever finds a summary relies on everything else; it needs no file that the removal has taken.
  await activities.writeSummary(spec, execution, state);
  visibility.phase('complete');
  return { segments: carry.segment, steps: carry.steps, time: carry.time };
}

/** The books after an accepted segment. */
function accept(carry: Carry, result: SegmentResult): Carry {
  const repeated: Restart[] =
    result.attempt > 1
      ? [{ segment: carry.segment, cause: `segment needed ${result.attempt} attempts` }]
      : [];
  return {
    ...carry,
    segment: carry.segment + 1,
    time: result.status.time,
    steps: result.status.steps,
    done: result.status.done,
    rows: result.rows,
    pending: [...carry.pending, result.record],
    restarts: [...carry.restarts, ...repeated],
  };
}

function isFailureOf(error: unknown, type: string): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === type
  );
}
