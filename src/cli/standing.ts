/** How far a run is, from what the server has recorded: its history and its heartbeats. Needs no worker and no file of the run. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { SegmentResult } from '../activities/contract.js';
import { unpack } from '../workflows/envelope.js';
import { type Restart, type RunInput, searchAttributeNames } from '../workflows/messages.js';
import { firstValue } from './payloads.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** A segment has some six events: the last dozens are enough for the pace. */
const eventsRead = 300;

/** The pace is that of the latest segments, because steps grow as a run goes on. */
const segmentsForPace = 8;

export interface Standing {
  readonly runId: string;
  readonly title: string;
  readonly outdir: string;
  readonly state: 'running' | 'paused' | 'complete' | 'failed' | 'cancelled' | 'terminated';
  /** Index of the segment that is being computed, or comes next. */
  readonly segment: number;
  readonly steps: number;
  /** Model time reached and planned end, s; the end is null before the first segment or heartbeat has come back. */
  readonly time: number;
  readonly end: number | null;
  /** Restarts in the events that were read and in the books before them; the latest by name. */
  readonly restarts: number;
  readonly latestRestart: Restart | null;
  /** What keeps the running segment from getting on: the failure of its latest attempt. */
  readonly trouble: string | null;
  /** Estimated seconds of computing to the end; null while the pace is unknown, or nothing is computed. */
  readonly secondsLeft: number | null;
}

/** A stretch of the run with the seconds that computing it took. */
interface Stretch {
  readonly time: number;
  readonly seconds: number;
}

/** @throws when the server does not know the run, or does not answer */
export async function standingOf(client: Client, namespace: string, runId: string): Promise<Standing> {
  const described = await client.workflow.getHandle(runId).describe();
  const execution = { workflowId: runId, runId: described.runId };
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution,
    maximumPageSize: 1,
  });
  const input = await firstValue<RunInput>(
    history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads,
  );
  const segments = await recentSegments(client, namespace, execution);
  const running = (described.raw.pendingActivities ?? []).find(
    ({ activityType }) => activityType?.name === 'advanceSegment',
  );
  const beat = running && (await beatOf(running));
  const last = segments.at(-1)?.result;
  const { carry, spec } = input!;
  const reached = last?.status ?? { ...carry, end: null };
  const repeated = segments.filter(({ result }) => result.attempt > 1);
  const state = stateOf(described);
  const time = Math.max(reached.time, beat?.time ?? 0);
  const end = beat?.end ?? reached.end;
  const stretches = segments.slice(-segmentsForPace).map(({ stretch }) => stretch);
  const current = beat && running ? [{ time: beat.time - reached.time, seconds: secondsOf(running) }] : [];
  return {
    runId,
    title: spec.title,
    outdir: spec.outdir,
    state,
    segment: last === undefined ? carry.segment : last.record.index + 1,
    steps: Math.max(reached.steps, beat?.steps ?? 0),
    time,
    end,
    restarts: carry.restartCount + repeated.length,
    latestRestart: repeated.at(-1)?.restart ?? carry.restarts.at(-1) ?? null,
    trouble: running?.lastFailure?.message ?? null,
    secondsLeft:
      state === 'running' && end !== null && time >= paceFrom * end
        ? secondsLeft(end - time, [...stretches, ...current])
        : null,
  };
}

/** Share of the run from which on its pace says something: at the start, steps grow by orders of magnitude. */
const paceFrom = 0.02;

function secondsLeft(modelTime: number, stretches: readonly Stretch[]): number | null {
  const sum = (of: (stretch: Stretch) => number) => stretches.reduce((total, one) => total + of(one), 0);
  const [time, seconds] = [sum((one) => one.time), sum((one) => one.seconds)];
  return time > 0 && seconds > 0 ? (Math.max(0, modelTime) * seconds) / time : null;
}

interface RecordedSegment {
  readonly result: SegmentResult;
  readonly stretch: Stretch;
  /** Of a segment that needed several attempts. */
  readonly restart: Restart;
}

async function recentSegments(
  client: Client,
  namespace: string,
  execution: { readonly workflowId: string; readonly runId: string },
): Promise<RecordedSegment[]> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace,
    execution,
    maximumPageSize: eventsRead,
  });
  const events = [...(history?.events ?? [])].reverse();
  const byId = new Map(events.map((event) => [String(event.eventId), event]));
  const segments: RecordedSegment[] = [];
  for (const event of events) {
    const done = event.activityTaskCompletedEventAttributes;
    const scheduled = byId.get(String(done?.scheduledEventId))?.activityTaskScheduledEventAttributes;
    if (!done || scheduled?.activityType?.name !== 'advanceSegment') continue;
    const bytes = await firstValue<Uint8Array>(done.result?.payloads);
    if (bytes === null) continue;
    segments.push(
      recorded(unpack<SegmentResult>(bytes).header, event, byId.get(String(done.startedEventId))),
    );
  }
  return segments;
}

function recorded(
  result: SegmentResult,
  ended: HistoryEvent,
  started: HistoryEvent | undefined,
): RecordedSegment {
  const { index, fromTime, toTime } = result.record;
  const cause = started?.activityTaskStartedEventAttributes?.lastFailure?.message;
  return {
    result,
    stretch: {
      time: toTime - fromTime,
      seconds: Math.max(0, millis(ended.eventTime) - millis(started?.eventTime)) / 1000,
    },
    restart: { segment: index, cause: cause || `segment needed ${result.attempt} attempts` },
  };
}

/** What the running segment said last. */
async function beatOf(
  running: PendingActivity,
): Promise<{ time: number; end: number; steps: number } | null> {
  const details = await firstValue<{ time?: number; end: number; steps: number } | null>(
    running.heartbeatDetails?.payloads,
  );
  return details?.time === undefined ? null : { time: details.time, end: details.end, steps: details.steps };
}

function secondsOf(running: PendingActivity): number {
  return Math.max(0, millis(running.lastHeartbeatTime) - millis(running.lastStartedTime)) / 1000;
}

function stateOf({ status, searchAttributes }: WorkflowExecutionDescription): Standing['state'] {
  switch (status.name) {
    case 'COMPLETED':
      return 'complete';
    case 'CANCELLED':
      return 'cancelled';
    case 'TERMINATED':
      return 'terminated';
    case 'FAILED':
    case 'TIMED_OUT':
      return 'failed';
    default:
      return searchAttributes[searchAttributeNames.phase]?.[0] === 'paused' ? 'paused' : 'running';
  }
}

function millis(at: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(at?.seconds ?? 0) * 1000 + (at?.nanos ?? 0) / 1e6;
}
