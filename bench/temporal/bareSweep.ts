/**
 * The floor under the cost of a case: CPU of Temporal itself, in the process that computes and in the same kind of server, for a child workflow
 * with one activity that does nothing, in a parent that keeps as many of them going as there are cores. Two numbers on stdout, s per case.
 * The argument is a folder for the server.
 */
import { availableParallelism } from 'node:os';
import type { Client } from '@temporalio/client';
import { lookAtServer } from '../timing/lookAt.js';
import { taskQueue, withBareWorker } from './bareWorker.js';

/** What the head of a case's specification and its books take. */
const bytesOfCase = 4000;

const home = process.argv[2]!;

async function sweep(
  client: Client,
  workflowId: string,
  cases: number,
): Promise<[worker: number, server: number]> {
  const serverBefore = lookAtServer(home).cpu;
  const before = process.cpuUsage();
  const args: [number, number, Uint8Array] = [cases, availableParallelism(), new Uint8Array(bytesOfCase)];
  await client.workflow.execute('bareSweep', { taskQueue, workflowId, args });
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6 / cases, (lookAtServer(home).cpu - serverBefore) / cases];
}

const costs = await withBareWorker(home, async (client) => {
  await sweep(client, 'warm', 150); // until the compiler is at rest
  return sweep(client, 'measured', 300);
});
console.log(costs.join(' '));
