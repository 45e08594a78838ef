/** The floor under the cost of a segment: what Temporal itself takes, on the same kind of server, for an activity that does nothing. */
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { useServer } from '../../src/worker/server/embedded.js';

export async function passOn(state: Uint8Array): Promise<Uint8Array> {
  return state;
}

/** @returns s for one of so many segments with a state of the disk's size, least of a few runs */
export async function bareSegment(home: string, segments: number): Promise<number> {
  const server = await useServer({ home, onMessage: () => {} });
  const connection = await NativeConnection.connect({ address: server.address });
  const workflowsPath = fileURLToPath(new URL('./bareWorkflow.js', import.meta.url));
  const worker = await Worker.create({
    connection,
    taskQueue: 'bare',
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: silent }),
    activities: { passOn },
  });
  const link = await Connection.connect({ address: server.address });
  const client = new Client({ connection: link });
  const least = await worker.runUntil(async () => {
    let seconds = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i += 1) {
      const began = performance.now();
      const args: [number, Uint8Array] = [segments, new Uint8Array(522)];
      await client.workflow.execute('bareRun', { taskQueue: 'bare', workflowId: `bare-${i}`, args });
      seconds = Math.min(seconds, (performance.now() - began) / 1000);
    }
    return seconds / segments;
  });
  await link.close();
  await connection.close();
  await server.release();
  return least;
}

const quiet = () => {};
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
