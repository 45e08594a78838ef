/** Why a segment is ended decides what becomes of it: what an order ends is handed over, what a loss ends is nobody's. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { advanceSegmentWith } from '../../src/activities/advanceSegment.js';
import type { FinishCaseRequest, SegmentResult } from '../../src/activities/contract.js';
import type { Dependencies } from '../../src/activities/dependencies.js';
import type { RunHead } from '../../src/config/runSpec.js';
import { unpack } from '../../src/workflows/envelope.js';

const status = { time: 5, end: 9, steps: 3, done: false, stopReason: null, figures: [], notes: [] };
const request = { outdir: '/nowhere', specHash: '', segment: 1, boundary: 9, rows: [] };

const neverAsked = () => Promise.reject(new Error('nothing has come to its end'));

/** A thread that computes until it is stopped. */
function endedBecause(details: ConstructorParameters<typeof ActivityCancellationDetails>[0]) {
  const environment = new MockActivityEnvironment();
  const computePool = {
    draining: false,
    start() {
      let stop = () => {};
      const done = new Promise<void>((resolve) => {
        stop = resolve;
      }).then(() => ({
        parts: [{ endHash: 'b' }],
        rows: [3],
        state: Uint8Array.of(7),
        fromTime: 0,
        status,
        conserved: [],
      }));
      setImmediate(() => environment.cancel('CANCELLED', new ActivityCancellationDetails(details)));
      return { done, stop, progress: () => null };
    },
  };
  const dependencies = { computePool, onProgress() {}, onEvent() {} } as unknown as Dependencies;
  return environment.run(
    advanceSegmentWith(dependencies, neverAsked),
    request,
    new Uint8Array(0),
  ) as Promise<Uint8Array>;
}

describe('a segment that is ended early', () => {
  it.each([{ cancelRequested: true }, { workerShutdown: true }])('hands over when %j', async (details) => {
    const { header, blobs } = unpack<SegmentResult>(await endedBecause(details));
    expect(header.status).toEqual(status);
    expect([...blobs[0]!]).toEqual([7]);
  });

  it.each([{ timedOut: true }, { notFound: true }, { reset: true }])('fails when %j', async (details) => {
    await expect(endedBecause(details)).rejects.toThrow();
  });
});

describe('a run that is over with its first segment', () => {
  const spec = { outdir: '/nowhere', identity: 'i' } as unknown as RunHead;
  const execution = {
    ...{ workflowId: 'w', segments: 0, restartCount: 0, restarts: [], engines: [] },
    resumedFrom: null,
  };
  const end = { spec, execution, firstRows: [], removeParts: true };
  const done = { ...status, time: 9, done: true };
  afterEach(() => void jest.restoreAllMocks());

  /** @returns what the activity answers, and the orders that `finishCase` was given */
  async function computed(last: typeof status, attempt = 1) {
    const written = {
      parts: [{ endHash: 'b' }],
      rows: [3],
      state: Uint8Array.of(7),
      fromTime: 0,
      conserved: [],
    };
    const computePool = {
      draining: false,
      start: () => ({ done: Promise.resolve({ ...written, status: last }), stop() {}, progress: () => null }),
    };
    const dependencies = {
      ...{ computePool, engine: 'e', onProgress() {}, onEvent() {} },
    } as unknown as Dependencies;
    const orders: FinishCaseRequest[] = [];
    const finishCase = async (order: FinishCaseRequest) => void orders.push(order);
    const environment = new MockActivityEnvironment({ attempt });
    const first = { ...request, segment: 0, end };
    const answer = environment.run(advanceSegmentWith(dependencies, finishCase), first, new Uint8Array(0));
    return { ...unpack<SegmentResult>((await answer) as Uint8Array), orders };
  }

  it('is brought to its end, too, by the engine that computed it', async () => {
    const { header, orders } = await computed(done);
    expect(header.finished).toBe(true);
    expect(orders).toEqual([
      {
        ...{ outdir: '/nowhere', spec, previous: null, removeParts: true },
        segments: [header.record],
        finish: { outdir: '/nowhere', specHash: '', rows: [3], firstRows: [] },
        execution: { ...execution, segments: 1, engines: [{ segment: 0, fingerprint: 'e' }] },
      },
    ]);
  });

  it('is left to another activity when it goes on, or was begun twice', async () => {
    for (const { header, orders } of [await computed(status), await computed(done, 2)]) {
      expect(header.finished).toBe(false);
      expect(orders).toEqual([]);
    }
  });

  it('is left to another activity when it took long: none of that shall be lost with the end', async () => {
    let calls = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => 5001 * calls++);
    const { header, orders } = await computed(done);
    expect(header.finished).toBe(false);
    expect(orders).toEqual([]);
  });
});
