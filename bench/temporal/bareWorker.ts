import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { useServer } from '../../src/worker/server/embedded.js';

export async function passOn(state: Uint8Array): Promise<Uint8Array> {
  return state;
}

export const taskQueue = 'bare';

/** Lets a worker of the bare workflows serve, on the same kind of server as marsdisk's own, while work is done. @param home folder of the server */
export async function withBareWorker<T>(home: string, work: (client: Client) => Promise<T>): Promise<T> {
  const server = await useServer({ home, onMessage: () => {} });
  const connection = await NativeConnection.connect({ address: server.address });
  const workflowsPath = fileURLToPath(new URL('./bareWorkflow.js', import.meta.url));
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: silent }),
    activities: { passOn },
  });
  const link = await Connection.connect({ address: server.address });
  const result = await worker.runUntil(() => work(new Client({ connection: link })));
  await link.close();
  await connection.close();
  await server.release();
  return result;
}

const quiet = () => {};
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
