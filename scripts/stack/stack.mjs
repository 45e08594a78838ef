// The native stack as a whole: the order of docker-compose.yml.

import { join } from 'node:path';
import { isPrepared, projectRoot } from '../../bin/current.mjs';
import { prepare } from '../../bin/prepare.mjs';
import { acquire, release } from '../../bin/processLock.mjs';
import { serverPrograms } from './binaries.mjs';
import { isTaken, makeHome } from './layout.mjs';
import {
  databaseAnswers,
  passwordOf,
  postgresPid,
  postgresPrograms,
  startPostgres,
  stopPostgres,
} from './postgres.mjs';
import { run } from './programs.mjs';
import { serverPid, startServer, stopServer } from './temporalServer.mjs';

/** @typedef {import('./layout.mjs').Stack} Stack @typedef {(message: string) => void} Say */

/**
 * Starts what does not run; harmless when everything does.
 *
 * @param {Stack} stack
 * @param {Say} say
 * @throws {import('./failure.mjs').StackError}
 */
export async function up(stack, say) {
  postgresPrograms(); // said before a quarter of an hour of building
  if (!isPrepared()) await prepare(say);
  const { server, sqlTool } = await serverPrograms(say);
  await alone(stack, async () => {
    await startPostgres(stack, say);
    await script('deploy/schema.sh', schemaEnvironment(stack, sqlTool));
    await startServer(stack, server);
    await script('deploy/namespace.sh', await clientEnvironment(stack, say));
  });
}

/** Stops what runs; nothing is deleted. @param {Stack} stack */
export async function down(stack) {
  await alone(stack, async () => {
    await stopServer(stack);
    await stopPostgres(stack);
  });
}

/**
 * @param {Stack} stack
 * @returns {Promise<{ part: string, state: 'running' | 'stopped' | 'not answering', address: string, pid: number | null }[]>}
 */
export async function status(stack) {
  const { databasePort, serverPort } = stack.ports;
  const database = postgresPid(stack);
  const server = serverPid(stack);
  return [
    {
      part: 'postgres',
      state: stateOf(database, await databaseAnswers(stack)),
      address: `127.0.0.1:${databasePort}`,
      pid: database,
    },
    {
      part: 'temporal',
      state: stateOf(server, await isTaken(serverPort)),
      address: stack.address,
      pid: server,
    },
  ];
}

/** @param {number | null} pid @param {boolean} answers */
function stateOf(pid, answers) {
  if (pid === null) return 'stopped';
  return answers ? 'running' : 'not answering';
}

/** One command at a time. @param {Stack} stack @param {() => Promise<void>} act */
async function alone(stack, act) {
  makeHome(stack);
  const held = await acquire(stack.lock);
  try {
    await act();
  } finally {
    release(held);
  }
}

/** @param {Stack} stack @param {string} sqlTool */
function schemaEnvironment(stack, sqlTool) {
  return {
    TEMPORAL_SQL_TOOL: sqlTool,
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: '127.0.0.1',
    SQL_PORT: `${stack.ports.databasePort}`,
    SQL_USER: 'temporal',
    SQL_PASSWORD: passwordOf(stack),
  };
}

/** @param {Stack} stack @param {Say} say */
async function clientEnvironment(stack, say) {
  const { findTemporal } = await import('../../dist/src/worker/server/binary.js');
  const { path } = await findTemporal({ onMessage: say });
  return { TEMPORAL_CLI: path, TEMPORAL_ADDRESS: stack.address, TEMPORAL_NAMESPACE: 'default' };
}

/** The scripts that the containers run, too. @param {string} file @param {Record<string, string>} environment */
async function script(file, environment) {
  await run('/bin/sh', [join(projectRoot, file)], { environment, limitMs: 400_000 });
}
