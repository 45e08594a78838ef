/** How far a sweep is: from its own books when something computes it, from what it has left in its folder otherwise. */
import fs from 'node:fs';
import path from 'node:path';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { shareDone } from '../report/progressLine.js';
import { paceOf } from '../report/sweep/pace.js';
import {
  type CaseState,
  countsOf,
  type StandingCase,
  type SweepStanding,
  type SweepState,
} from '../report/sweep/standing.js';
import { readCaseStatus } from '../store/batch/caseStatus.js';
import { layoutOf } from '../store/layout.js';
import { booksQueryName, caseMarks, type SweepProgress } from '../workflows/sweepMessages.js';
import { isServed } from './embeddedWorker.js';
import type { Session } from './session.js';
import { standingOf } from './standing.js';
import type { Batch } from './whichBatch.js';

/** Running cases that are looked at one by one. */
const looked = 20;

/** A query waits for a worker that is there; it must not wait for one that is gone. ms */
const answerWithin = 5000;

/** @throws when the server does not know the sweep, or does not answer */
export async function sweepStanding(session: Session, batch: Batch, sweepId: string): Promise<SweepStanding> {
  const handle = session.client.workflow.getHandle(sweepId);
  const described = await handle.describe();
  const running = described.status.name === 'RUNNING';
  const books = running ? await booksOf(session, sweepId, described.taskQueue) : null;
  const recorded = books === null ? recordedCases(batch) : casesIn(books, batch);
  const cases = books === null ? recorded : await withShares(session, recorded, books);
  const counts = countsOf(cases);
  const startedAt = described.startTime;
  const pace = running
    ? paceOf(endsOf(batch, cases), startedAt.getTime(), Date.now(), counts.pending + counts.running)
    : { casesPerMinute: null, secondsLeft: null };
  return {
    tag: batch.definition.tag,
    batch: batch.layout.folder,
    sweepId,
    state: stateOf(described, books, counts.complete === cases.length),
    counts,
    cases,
    jobs: books?.jobs ?? null,
    startedAt: startedAt.toISOString(),
    ...pace,
  };
}

/** What the folder of a batch says of its cases; needs no server. */
export function recordedCases({ layout, definition }: Batch): StandingCase[] {
  const rows = new Map((readCaseStatus(layout) ?? []).map((row) => [row.title, row]));
  return definition.cases.map(({ title }) => {
    const done = fs.existsSync(layoutOf(path.join(layout.folder, title)).summary);
    const row = rows.get(title);
    if (done) return { title, state: 'complete', share: 1, reason: null };
    // A complete case without a summary has lost it since.
    return {
      title,
      state: row === undefined || row.state === 'complete' ? 'pending' : row.state,
      share: null,
      reason: row?.reason ?? null,
    };
  });
}

async function booksOf(session: Session, sweepId: string, taskQueue: string): Promise<SweepProgress | null> {
  if (!(await isServed(session, taskQueue))) return null;
  const { client } = session;
  try {
    return await client.withDeadline(Date.now() + answerWithin, () =>
      client.workflow.getHandle(sweepId).query<SweepProgress>(booksQueryName),
    );
  } catch {
    return null; // its worker has just left: the folder answers
  }
}

function casesIn({ states, reasons }: SweepProgress, { definition }: Batch): StandingCase[] {
  const stateOfMark = new Map(Object.entries(caseMarks).map(([state, mark]) => [mark, state as CaseState]));
  const why = new Map(reasons);
  return definition.cases.map(({ title }, index) => {
    const state = stateOfMark.get(states[index]!)!;
    return { title, state, share: state === 'complete' ? 1 : null, reason: why.get(index) ?? null };
  });
}

async function withShares(
  session: Session,
  cases: readonly StandingCase[],
  { running }: SweepProgress,
): Promise<StandingCase[]> {
  const all = [...cases];
  for (const [index, workflowId] of running.slice(0, looked)) {
    const standing = await standingOf(session.client, session.namespace, workflowId);
    all[index] = { ...all[index]!, share: shareDone(standing), reason: standing.trouble };
  }
  return all;
}

/** When the complete cases came to their ends, ms: the times of their last files. */
function endsOf({ layout }: Batch, cases: readonly StandingCase[]): number[] {
  return cases.flatMap(({ title, state }) => {
    if (state !== 'complete') return [];
    const file = layoutOf(path.join(layout.folder, title)).summary;
    return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? [];
  });
}

function stateOf(
  { status }: WorkflowExecutionDescription,
  books: SweepProgress | null,
  whole: boolean,
): SweepState {
  switch (status.name) {
    case 'RUNNING':
      return books?.phase === 'paused' ? 'paused' : 'running';
    case 'COMPLETED':
      return whole ? 'complete' : 'incomplete';
    case 'CANCELLED':
      return 'cancelled';
    case 'TERMINATED':
      return 'terminated';
    default:
      return 'failed';
  }
}
