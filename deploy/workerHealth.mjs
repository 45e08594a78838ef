// Health check of a worker's container: node deploy/workerHealth.mjs
//
// Healthy is a worker of this host that has asked the server for work within the last two minutes: a process that merely exists may have
// lost its server. The address comes from TEMPORAL_* or a Temporal profile, as for the worker itself.

import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { temporalConfig } from '../dist/temporal.config.js';

/** A worker asks anew at least once a minute. */
const RECENT_S = 120;
/** The server's number for a queue of activities. */
const ACTIVITY_QUEUE = 2;

const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
if (!connectionOptions.address) {
  console.error('no server is configured: set TEMPORAL_ADDRESS');
  process.exit(1);
}
const connection = await Connection.connect({ connectTimeout: 5000, ...connectionOptions });
const { pollers } = await connection.workflowService.describeTaskQueue({
  namespace,
  taskQueue: { name: temporalConfig.taskQueue },
  taskQueueType: ACTIVITY_QUEUE,
});
await connection.close();

const oldest = Date.now() / 1000 - RECENT_S;
const here = (pollers ?? []).filter(
  ({ identity, lastAccessTime }) =>
    identity?.startsWith(`${hostname()}:`) && Number(lastAccessTime?.seconds ?? 0) >= oldest,
);
if (here.length === 0) {
  console.error(`no worker of ${hostname()} asks the queue ${temporalConfig.taskQueue} for work`);
  process.exitCode = 1;
}
