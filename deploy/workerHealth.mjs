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

/** @throws when no server is configured, or it does not answer */
async function workersOfThisHost() {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  if (!connectionOptions.address) throw new Error('no server is configured: set TEMPORAL_ADDRESS');
  const connection = await Connection.connect({ connectTimeout: 5000, ...connectionOptions });
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: temporalConfig.taskQueue },
    taskQueueType: ACTIVITY_QUEUE,
  });
  await connection.close();
  const oldest = Date.now() / 1000 - RECENT_S;
  return (pollers ?? []).filter(
    ({ identity, lastAccessTime }) =>
      identity?.startsWith(`${hostname()}:`) && Number(lastAccessTime?.seconds ?? 0) >= oldest,
  );
}

try {
  if ((await workersOfThisHost()).length === 0) {
    throw new Error(`no worker of ${hostname()} asks the queue ${temporalConfig.taskQueue} for work`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
