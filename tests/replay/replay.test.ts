/** Runs that an earlier version began must go on under this one: their recorded histories replay without a difference. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

// The last test provokes a nondeterminism error on purpose: that is no news for the log.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'off', forward: {} } },
});

const histories = fileURLToPath(new URL('./histories', import.meta.url));
const bundle = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const files = readdirSync(histories);

interface HistoryEvent {
  eventType: string;
  activityTaskStartedEventAttributes?: { attempt?: number };
}

function eventsOf(file: string): HistoryEvent[] {
  return JSON.parse(readFileSync(path.join(histories, file), 'utf8')).events;
}

function replay(history: unknown) {
  return Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history, 'recorded');
}

describe('recorded histories', () => {
  it.each(files)('%s replays', async (file) => {
    await replay(JSON.parse(readFileSync(path.join(histories, file), 'utf8')));
  });

  it('contain a repeated attempt, continue-as-new, a termination, a pause and a cancellation', () => {
    const events = files.flatMap(eventsOf);
    const types = new Set(events.map((event) => event.eventType));
    expect(events.some((event) => (event.activityTaskStartedEventAttributes?.attempt ?? 1) > 1)).toBe(true);
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
  });

  it('of a sweep contain a cancellation, a hand-over with cases running, and a case that failed', () => {
    const all = files.filter((file) => file.startsWith('swept')).map(eventsOf);
    const ends = all.map((events) => events.at(-1)!.eventType);
    expect(ends).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED');
    expect(ends).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect(ends.at(-1)).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
    const count = (events: HistoryEvent[], what: string) =>
      events.filter(({ eventType }) => eventType === `EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_${what}`).length;
    expect(
      all.some((events) => count(events, 'STARTED') > count(events, 'COMPLETED') + count(events, 'FAILED')),
    ).toBe(true);
    expect(all.some((events) => count(events, 'FAILED') > 0)).toBe(true);
  });

  it('of a common beginning contain a segment that a pause has cut, and a hand-over', () => {
    const all = files.filter((file) => file.startsWith('sharedBeginning')).map(eventsOf);
    const types = new Set(all.flat().map(({ eventType }) => eventType));
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED');
    expect(types).toContain('EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect(all.at(-1)!.at(-1)!.eventType).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
  });

  it('fail to replay when the workflow would have done something else', async () => {
    const changed = JSON.parse(
      readFileSync(path.join(histories, files[0]!), 'utf8').replaceAll(
        '"advanceSegment"',
        '"advanceOtherwise"',
      ),
    );
    await expect(replay(changed)).rejects.toThrow(/[Nn]ondeterminism/);
  });
});
