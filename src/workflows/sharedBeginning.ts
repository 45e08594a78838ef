/**
 * The common beginning of several cases: computed once, segment by segment, with a part of each segment for every case. A case leaves
 * where its own run may differ from the others'; its books and its state are then those of a run that has come that far by itself.
 */
import {
  CancellationScope,
  continueAsNew,
  defineSignal,
  proxyActivities,
  proxySinks,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, SharedResult } from '../activities/contract.js';
import { activityOptions } from './activityOptions.js';
import { accept } from './books.js';
import { Control } from './control.js';
import { pack, unpack } from './envelope.js';
import { pauseSignalName, resumeSignalName, type WorkerSinks } from './messages.js';
import { manifestDue, nextBoundary, segmentSummary } from './segments.js';
import type { LeftMember, SharedInput, SharedMember } from './sharedMessages.js';

const pauseSignal = defineSignal(pauseSignalName);
const resumeSignal = defineSignal(resumeSignalName);
const { control: worker } = proxySinks<WorkerSinks>();

/** Start states that a case takes along, bytes: the books of all cases go to the sweep in one answer. With more its manifest is written first. */
const mostStarts = 4096;

/**
 * @param state encoded state in front of the next segment; empty at the beginning
 * @param leftBlobs binary arguments of `input.left`
 * @returns an envelope with a `LeftMember` for every case. A request to cancel ends the beginning where it is: all cases leave.
 */
export async function sharedBeginning(
  input: SharedInput,
  state: Uint8Array,
  ...leftBlobs: Uint8Array[]
): Promise<Uint8Array> {
  const { policy } = input;
  const activities = proxyActivities<Activities>(activityOptions(policy));
  const leader = input.members[0]!;
  const control = new Control(input.paused ?? false, () => worker.endSegment(leader.outdir));
  setHandler(pauseSignal, () => control.pause());
  setHandler(resumeSignal, () => control.resume());
  const left = [...input.left];
  let members = [...input.members];
  let starts: Uint8Array[] = [];

  /** All members have the same books, but for the names of their parts. */
  const reached = () => members[0]!.carry;

  function advance(): Promise<Uint8Array> {
    const { segment, rows, time } = reached();
    const runs = members.map(({ outdir, specHash, interval, until }) => {
      return { outdir, specHash, until, boundary: nextBoundary(time, interval) };
    });
    const summary = `${segmentSummary(segment, time, Math.min(...runs.map(({ boundary }) => boundary)))} of ${runs.length} cases`;
    setCurrentDetails(summary);
    const request = { outdir: leader.outdir, segment, rows, members: runs };
    return activities.advanceTogether.executeWithOptions({ summary }, [request, state]);
  }

  async function writeManifests(): Promise<void> {
    const written = async (member: SharedMember): Promise<SharedMember> => {
      const { pending: segments, manifest: previous } = member.carry;
      const manifest = await activities.appendManifest(
        { outdir: member.outdir, previous, segments },
        ...starts,
      );
      return { ...member, carry: { ...member.carry, manifest, pending: [] } };
    };
    if (starts.length > 0) members = await Promise.all(members.map(written));
    starts = [];
  }

  async function leave(leaving: ReadonlySet<number>): Promise<void> {
    if (starts.reduce((sum, { length }) => sum + length, 0) > mostStarts) await writeManifests();
    for (const { index, carry } of members.filter((member) => leaving.has(member.index))) {
      left.push({ index, carry, blobs: 1 + starts.length });
      leftBlobs.push(state, ...starts);
    }
    members = members.filter(({ index }) => !leaving.has(index));
  }

  function taken({ header, blobs }: ReturnType<typeof unpack<SharedResult>>): Set<number> {
    const { record, parts, done, leaving, status, ...result } = header;
    starts.push(state);
    state = blobs[0]!;
    members = members.map((member, i) => {
      const own = { ...result, details: '', record: { ...record, parts: [parts[i]!] } };
      return { ...member, carry: accept(member.carry, { ...own, status: { ...status, done: done[i]! } }) };
    });
    return new Set(leaving.map((place) => members[place]!.index));
  }

  for (let segmentsHere = 1; ; segmentsHere += 1) {
    // A beginning with a single case is no shared one: it goes on as a run.
    if (members.length < 2 || control.cancelled) break;
    if (control.paused) {
      await control.hold();
      continue;
    }
    const answer = await control.segment(advance);
    if (answer === null) continue;
    await CancellationScope.nonCancellable(async () => {
      await leave(taken(unpack<SharedResult>(answer)));
      const parts = starts.length * members.length;
      if (manifestDue(starts, parts, policy.manifestEverySegments)) await writeManifests();
    });
    const enough = segmentsHere >= policy.continueAsNewAfterSegments || workflowInfo().continueAsNewSuggested;
    if (members.length > 1 && enough && !control.cancelled) {
      await writeManifests();
      const next = { ...input, members, left, paused: control.paused };
      await continueAsNew<typeof sharedBeginning>(next, state, ...leftBlobs);
    }
  }
  await CancellationScope.nonCancellable(() => leave(new Set(members.map(({ index }) => index))));
  return pack<LeftMember[]>(left, leftBlobs);
}
