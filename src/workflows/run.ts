/**
 * A run: one activity per segment, each taking the state in front of it and returning the next one, then merge, check, summary, figure.
 * The event history is the resume mechanism, so nothing here may depend on anything but its inputs and results.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxySinks,
  rootCause,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  Activities,
  ExecutionRecord,
  ManifestRef,
  SegmentRequest,
  SegmentResult,
} from '../activities/contract.js';
import { activityOptions, lastWordsOptions } from './activityOptions.js';
import { accept } from './books.js';
import { Control, endedByRequest } from './control.js';
import { pack, unpack } from './envelope.js';
import {
  type Carry,
  type CheckpointWritten,
  carryQueryName,
  checkpointUpdateName,
  noCheckpointMemo,
  type Progress,
  pauseSignalName,
  progressQueryName,
  type RunInput,
  type RunResult,
  resumeSignalName,
  type WorkerSinks,
} from './messages.js';
import { joinCasesFor, manifestDue, nextBoundary, segmentSummary } from './segments.js';
import { Visibility } from './visibility.js';

const progressQuery = defineQuery<Progress>(progressQueryName);
const carryQuery = defineQuery<Uint8Array>(carryQueryName);
const pauseSignal = defineSignal(pauseSignalName);
const resumeSignal = defineSignal(resumeSignalName);
const checkpointUpdate = defineUpdate<CheckpointWritten>(checkpointUpdateName);
const { control: worker } = proxySinks<WorkerSinks>();

/**
 * @param input specification and progress of earlier histories of this run
 * @param state encoded state in front of the next segment; empty at the beginning
 * @param starts start states of `input.carry.pending`, in order
 */
export async function run(input: RunInput, state: Uint8Array, ...starts: Uint8Array[]): Promise<RunResult> {
  const { spec, policy } = input;
  const activities = proxyActivities<Activities>(activityOptions(policy));
  const lastWords = proxyActivities<Activities>(lastWordsOptions(policy));
  const visibility = new Visibility(spec, input.searchAttributes, input.attributesGiven ?? false);
  const joinFor = spec.segments.minCompute ?? (input.finishTogether ? joinCasesFor : 0);
  const archive = spec.archive?.trigger === 'post_merge' ? spec.archive : null;
  // Specifications in histories that were recorded before there was a choice say nothing of it.
  const { merge = true, removeParts = true } = spec.streaming ?? {};
  const removesParts = removeParts && archive?.mergeTarget !== 'external'; // else they go behind the verified archive
  const endsTogether = input.finishTogether === true && merge && !spec.figures;
  const firstRows = input.carry.resumedFrom?.rows ?? [];
  const pendingStarts = [...starts];
  /** The activity of the last segment has brought the run to its end. */
  let finished = false;
  let carry: Carry = input.carry;
  let specHash = input.specHash;
  const control = new Control(input.paused ?? false, () => worker.endSegment(spec.outdir));
  setHandler(pauseSignal, () => control.pause());
  setHandler(resumeSignal, () => control.resume());
  setHandler(checkpointUpdate, checkpointOnDemand, { validator: requireComputing });
  setHandler(progressQuery, () => visibility.progress(carry));
  setHandler(carryQuery, () => pack({ carry, identity: spec.identity }, [state, ...pendingStarts]));

  specHash ??= await activities.publishSpec(spec);
  visibility.phase('running');

  /** A specification that has vanished from the run's folder is written again, because the history still holds it. */
  async function withSpec<T>(ask: (specHash: string) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(specHash!);
      } catch (error) {
        if (control.cancelled && endedByRequest(error)) throw new CancelledFailure('cancelled');
        if (tries > 3 || !isFailureOf(error, 'SpecMissing')) throw error;
        specHash = await activities.publishSpec(spec);
      }
    }
  }

  function advance(): Promise<Uint8Array> {
    const boundary = nextBoundary(carry.time, spec.segments.interval);
    const summary = segmentSummary(carry.segment, carry.time, boundary);
    return withSpec((specHash) => {
      const { segment, rows } = carry;
      const request = { outdir: spec.outdir, specHash, segment, boundary, joinFor, rows, ...orderOfEnd() };
      return activities.advanceSegment.executeWithOptions({ summary }, [request, state]);
    });
  }

  /** A run that is over within a moment is spared a second activity. */
  function orderOfEnd(): Pick<SegmentRequest, 'end'> {
    if (!endsTogether || carry.segment > 0) return {};
    return { end: { spec, firstRows, execution: executionRecord(), removeParts: removesParts } };
  }

  async function writeManifest({ appendManifest } = activities): Promise<ManifestRef> {
    if (carry.pending.length > 0) {
      const request = { outdir: spec.outdir, previous: carry.manifest, segments: carry.pending };
      const summary = `manifest: segments up to ${carry.segment - 1}`;
      const manifest = await withSpec(() =>
        appendManifest.executeWithOptions({ summary }, [request, ...pendingStarts]),
      );
      carry = { ...carry, manifest, pending: [] };
      pendingStarts.length = 0;
    }
    return carry.manifest!;
  }

  async function writeCheckpoint(): Promise<CheckpointWritten> {
    const { rows, steps, time } = carry;
    const reached = state; // a segment that ends meanwhile has another
    const summary = `checkpoint at step ${steps}`;
    const file = await withSpec((specHash) =>
      lastWords.writeCheckpoint.executeWithOptions({ summary }, [
        { outdir: spec.outdir, specHash, rows },
        reached,
      ]),
    );
    return { file, steps, time };
  }

  async function checkpointOnDemand(): Promise<CheckpointWritten> {
    await condition(() => specHash !== null);
    await control.cut();
    if (finished) throw pastItsEnd();
    return writeCheckpoint();
  }

  function requireComputing(): void {
    if (carry.done) throw pastItsEnd();
  }

  /**
   * Ends a cancelled run so that everything it has is found by whoever goes on, by a checkpoint file even without this history. The history
   * holds it all, so a failure here loses nothing.
   */
  async function handOver(): Promise<never> {
    visibility.phase('cancelled');
    await CancellationScope.nonCancellable(async () => {
      await writeManifest(lastWords).catch(() => {});
      await writeCheckpoint().catch((error: unknown) => {
        upsertMemo({ [noCheckpointMemo]: rootCause(error) });
      });
      await condition(allHandlersFinished);
    });
    throw new CancelledFailure('cancelled');
  }

  async function hold(): Promise<void> {
    visibility.phase('paused');
    await control.hold();
    if (!control.cancelled) visibility.phase('running');
  }

  async function computeSegments(): Promise<void> {
    for (let segmentsHere = 1; ; segmentsHere += 1) {
      if (control.paused) await hold();
      if (control.cancelled) throw new CancelledFailure('cancelled');
      if (carry.done) return;
      const answer = await control.segment(advance);
      if (answer === null) continue;
      const { header, blobs } = unpack<SegmentResult>(answer);
      pendingStarts.push(state);
      state = blobs[0]!;
      carry = accept(carry, header);
      visibility.segment(header);
      finished = header.finished ?? false;
      if (finished) return;
      const parts = carry.pending.reduce((sum, segment) => sum + segment.parts.length, 0);
      if (manifestDue(pendingStarts, parts, policy.manifestEverySegments)) await writeManifest();
      const enough = segmentsHere >= policy.continueAsNewAfterSegments;
      if (!carry.done && (enough || workflowInfo().continueAsNewSuggested)) {
        await writeManifest();
        await condition(allHandlersFinished);
        await continueAsNew<typeof run>({ ...input, specHash, carry, paused: control.paused }, state);
      }
    }
  }

  function executionRecord(): Omit<ExecutionRecord, 'repaired'> {
    const { restartCount, restarts, engines = [], resumedFrom = null, segment: segments } = carry;
    const { workflowId } = workflowInfo();
    return { workflowId, segments, restartCount, restarts, engines, resumedFrom };
  }

  /** Everything behind the last segment in one activity. */
  async function finishTogether(): Promise<void> {
    const { outdir } = spec;
    const { rows, pending: segments, manifest: previous } = carry;
    const execution = executionRecord();
    visibility.phase('merging');
    await condition(allHandlersFinished); // a checkpoint needs what the last step removes
    await withSpec((specHash) => {
      const finish = { outdir, specHash, rows, firstRows };
      const request = { outdir, spec, finish, segments, previous, execution, removeParts: removesParts };
      return activities.finishCase(request, state, ...pendingStarts);
    });
  }

  async function finish(): Promise<RunResult> {
    const result = { segments: carry.segment, steps: carry.steps, time: carry.time };
    if (endsTogether) {
      if (finished) await condition(allHandlersFinished);
      else await finishTogether();
    } else if (!(await finishInSteps())) {
      visibility.phase('complete');
      return { merged: false, ...result };
    }
    if (archive !== null) {
      visibility.phase('archiving');
      await activities.archiveRun({ outdir: spec.outdir, archive, removeParts });
    }
    visibility.phase('complete');
    return result;
  }

  /** @returns false when the rows stay in parts */
  async function finishInSteps(): Promise<boolean> {
    const manifest = await writeManifest();
    const { rows } = carry;
    const request = (specHash: string) => ({ outdir: spec.outdir, specHash, manifest, rows, firstRows });
    await condition(allHandlersFinished); // a checkpoint needs what the last steps remove
    if (!merge) {
      visibility.phase('checking');
      await withSpec((specHash) => activities.checkParts(request(specHash)));
      return false;
    }
    visibility.phase('merging');
    const merged = await withSpec((specHash) => activities.mergeSeries(request(specHash)));
    // Histories recorded before it was counted hold nothing here.
    const execution = { ...executionRecord(), repaired: merged?.repaired ?? [] };
    visibility.phase('checking');
    await withSpec((specHash) => activities.checkRun(request(specHash), state));
    visibility.phase('reporting');
    if (spec.figures) await withSpec((specHash) => activities.drawFigure(request(specHash)));
    if (removesParts) await activities.removeParts(request(specHash!));
    // Last, because whoever finds a summary relies on everything else; it needs no file that the removal has taken.
    await activities.writeSummary(spec, execution, state);
    return true;
  }

  try {
    await computeSegments();
  } catch (error) {
    if (!control.cancelled || !endedByRequest(error)) throw error;
    await handOver();
  }
  try {
    return await finish();
  } catch (error) {
    if (!control.cancelled || !endedByRequest(error)) throw error;
    // Every segment is in the books: whoever goes on repeats the step of the end that was under way, and there is nothing to hand over.
    visibility.phase('cancelled');
    throw new CancelledFailure('cancelled');
  }
}

function pastItsEnd(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('the run is past its last segment: there is nothing to go on from');
}

function isFailureOf(error: unknown, type: string): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === type
  );
}
