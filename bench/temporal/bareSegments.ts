/** The floor under the cost of a segment: what Temporal itself takes, on the same kind of server, for an activity that does nothing. */
import { taskQueue, withBareWorker } from './bareWorker.js';

/** @returns s for one of so many segments with a state of the disk's size, least of a few runs */
export function bareSegment(home: string, segments: number): Promise<number> {
  return withBareWorker(home, async (client) => {
    let seconds = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i += 1) {
      const began = performance.now();
      const args: [number, Uint8Array] = [segments, new Uint8Array(522)];
      await client.workflow.execute('bareRun', { taskQueue, workflowId: `bare-${i}`, args });
      seconds = Math.min(seconds, (performance.now() - began) / 1000);
    }
    return seconds / segments;
  });
}
