/**
 * The floor under the cost of a case: CPU of Temporal itself, in the process that computes and in the same kind of server, for a child workflow
 * with one activity that does nothing, in a parent that keeps as many of them going as there are cores. Two numbers on stdout, s per case.
 * The argument is a folder for the server.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { partsOf } from '../../bin/processLock.mjs';
import { useServer } from '../../src/worker/server/embedded.js';
import { lookAt } from '../timing/lookAt.js';
import { passOn } from './bareSegments.js';

/** What the head of a case's specification and its books take. */
const bytesOfCase = 4000;

const home = process.argv[2]!;
Runtime.install({
  logger: { ...console, log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
});
const server = await useServer({ home, onMessage: () => {} });
const { identity } = JSON.parse(readFileSync(path.join(home, 'server.json'), 'utf8'));
const connection = await NativeConnection.connect({ address: server.address });
const workflowsPath = fileURLToPath(new URL('./bareWorkflow.js', import.meta.url));
const worker = await Worker.create({
  connection,
  taskQueue: 'bare',
  workflowBundle: await bundleWorkflowCode({ workflowsPath }),
  activities: { passOn },
  reuseV8Context: true,
});
const link = await Connection.connect({ address: server.address });
const client = new Client({ connection: link });

async function sweep(workflowId: string, cases: number): Promise<[worker: number, server: number]> {
  const serverBefore = lookAt(partsOf(identity).pid).cpu;
  const before = process.cpuUsage();
  const args: [number, number, Uint8Array] = [cases, availableParallelism(), new Uint8Array(bytesOfCase)];
  await client.workflow.execute('bareSweep', { taskQueue: 'bare', workflowId, args });
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6 / cases, (lookAt(partsOf(identity).pid).cpu - serverBefore) / cases];
}

const costs = await worker.runUntil(async () => {
  await sweep('warm', 150); // until the compiler is at rest
  return sweep('measured', 300);
});
await link.close();
await connection.close();
await server.release();
console.log(costs.join(' '));
