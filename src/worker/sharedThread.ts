/** Entry of a compute thread: one call computes one segment that several runs share, and writes a part into the folder of each. */
import type { SegmentProgress, SharedRows, SharedTask, SharingRun } from '../activities/segmentTask.js';
import type { RowSink, Sharing, Status } from '../sim/model.js';
import { batchRowsFor } from '../store/batchRows.js';
import { saveCheckpoint } from '../store/checkpoints/save.js';
import { sha256 } from '../store/durable.js';
import { edgeAt, openPart, type PartEdge, type PartWriter } from '../store/parts.js';
import { decodedState, type RunFolder } from '../store/runFolder.js';
import { historyState, stateHash, thinStates } from '../store/states.js';
import { preparedRun } from './preparedRun.js';
import { refuseMoreSteps, SegmentEnd } from './segmentEnd.js';
import type { ThreadFailure } from './segmentFailure.js';
import { StepGate } from './stepGate.js';
import { type Attended, answering, progressEvery } from './threadTask.js';

type ThreadTask = SharedTask & Attended;

export default function runShared(task: ThreadTask): SharedRows | ThreadFailure {
  return answering(task, compute);
}

interface Member extends SharingRun {
  readonly run: RunFolder;
}

function compute(task: ThreadTask): SharedRows {
  const members = task.members.map(
    (member): Member => ({ ...member, run: preparedRun(member.outdir, member.specHash) }),
  );
  const leader = preparedRun(task.outdir, task.members[0]!.specHash);
  const { model, params } = leader;
  const sharing = sharingOf(leader);
  const untils = members.map(({ until }) => until ?? Number.POSITIVE_INFINITY);
  const first = Math.min(...untils);
  let state = decodedState(leader, task.state);
  let status = model.status(state, params);
  const from = status;
  const boundary = Math.min(...members.map((member) => member.boundary));
  const parts = members.map((member) => partOf(task, member, edgeAt(stateHash(task.state), from)));
  const rows: RowSink = {
    write(table, values) {
      for (const part of parts) part.write(table, values);
    },
  };
  const runSteps = Math.min(...members.map(({ run }) => run.spec.segments.runSteps));
  const gate = new StepGate(task.gate, (steps) => task.port.postMessage({ halted: steps }));
  const limits = new SegmentEnd(gate, leader.spec.segments, 0);
  try {
    let shared = sharing.untouched(state, params, first);
    if (!shared) throw new Error(`${task.outdir} shares nothing with other cases behind ${status.time} s`);
    while (shared && !limits.reached && !status.done && status.time < boundary) {
      // Which of them fails shows when each goes on by itself.
      refuseMoreSteps(runSteps, status);
      const slice = limits.slice(progressEvery, runSteps - status.steps);
      // The state behind the last step that is the same for all: from it a run may find that its own next step is shorter.
      const stop = (behind: unknown) => {
        shared = sharing.untouched(behind, params, first);
        return slice() || !shared;
      };
      state = model.advance(state, params, boundary, stop, rows);
      status = model.status(state, params);
      task.port.postMessage({ segment: task.segment, status } satisfies SegmentProgress);
    }
    const counts = parts[0]!.rows();
    const encoded = model.encode(state);
    const own = members.map(({ run }) => run.model.status(state, run.params));
    for (const [i, member] of members.entries()) leaveCheckpoint(member, own[i]!, state, counts);
    const end = edgeAt(sha256(encoded), status);
    // The state first: parts that end in a state which cannot be found are of no use. It is the same reference in every folder.
    const [next] = members.map((member) => forTheHistory(member, task, encoded));
    return {
      parts: parts.map((part) => part.close(end, next!)),
      rows: counts,
      state: next!,
      fromTime: from.time,
      status,
      done: own.map(({ done }) => done),
      leaving: untils.flatMap((until, i) =>
        status.done || (until < Number.POSITIVE_INFINITY && !sharing.untouched(state, params, until))
          ? [i]
          : [],
      ),
    };
  } finally {
    for (const part of parts) part.abort();
  }
}

function sharingOf({ model }: RunFolder): Sharing<unknown, unknown> {
  if (model.sharing === undefined) throw new Error(`runs of ${model.name} share nothing`);
  return model.sharing;
}

function partOf(task: ThreadTask, { run }: Member, start: PartEdge): PartWriter {
  const { layout, spec, model, params } = run;
  const tables = model.tables(params);
  return openPart({
    folder: layout.parts,
    name: `${task.attemptName}.0`,
    identity: spec.identity,
    segment: task.segment,
    tables,
    // All members together wait for the disk with as much memory as one does by itself.
    batchRows: Math.ceil(batchRowsFor(spec.streaming, tables, task.batchRows) / task.members.length),
    start,
    firstRows: tables.map((_, i) => task.rows[i] ?? 0),
  });
}

/** Where the run by itself would leave one. */
function leaveCheckpoint({ run, outdir, boundary }: Member, status: Status, state: unknown, rows: number[]) {
  const { spec, model, params } = run;
  if (!spec.checkpoints.enabled || !(status.done || status.time >= boundary)) return;
  saveCheckpoint({ outdir, ...spec.checkpoints }, { model, params, identity: spec.identity }, state, rows);
}

function forTheHistory({ run, outdir, specHash }: Member, task: ThreadTask, encoded: Uint8Array): Uint8Array {
  preparedRun(outdir, specHash); // throws when the run has ended while this attempt stood still
  const next = historyState(run.layout, task.segment + 1, encoded, task.inlineStateLimit);
  if (next !== encoded) thinStates(run.layout, task.segment + 1, task.keepStateEvery);
  return next;
}
