/** Why a segment is ended decides what becomes of it: what an order ends is handed over, what a loss ends is nobody's. */
import { describe, expect, it } from '@jest/globals';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { advanceSegmentWith } from '../../src/activities/advanceSegment.js';
import type { SegmentResult } from '../../src/activities/contract.js';
import type { Dependencies } from '../../src/activities/dependencies.js';
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
