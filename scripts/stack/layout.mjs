// Where a native stack lives, and on which ports.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { projectRoot } from '../../bin/current.mjs';
import { StackError } from './failure.mjs';

export const DEFAULT_BASE_PORT = 27200;

/** Distance of each port from the base. */
const OFFSETS = {
  serverPort: 33,
  databasePort: 32,
  historyPort: 34,
  matchingPort: 35,
  workerPort: 39,
  frontendMembershipPort: 63,
  historyMembershipPort: 64,
  matchingMembershipPort: 65,
  workerMembershipPort: 69,
};

/**
 * @typedef {Record<keyof typeof OFFSETS, number>} Ports
 * @typedef {{ home: string, lock: string, database: string, password: string, config: string, serverLog: string,
 *   serverRecord: string, ports: Ports, address: string }} Stack
 */

/**
 * @param {{ home?: string | undefined, basePort?: number | undefined }} wanted the base port counts at the first use of a home only
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Stack}
 */
export function openStack(wanted, environment = process.env) {
  const home = resolve(
    wanted.home ?? (environment.MARSDISK_NATIVE_HOME || join(projectRoot, '.marsdisk/native')),
  );
  const ports = portsFrom(basePortOf(home, wanted.basePort));
  const inside = (/** @type {string} */ name) => join(home, name);
  return {
    home,
    lock: inside('stack'),
    database: inside('postgres'),
    password: inside('password'),
    config: inside('config'),
    serverLog: inside('server.log'),
    serverRecord: inside('server.pid'),
    ports,
    address: `127.0.0.1:${ports.serverPort}`,
  };
}

/** The ports of a stack stay what they were when it was made: its clients know them. @param {string} home @param {number | undefined} wanted */
function basePortOf(home, wanted) {
  const file = join(home, 'base-port');
  if (!existsSync(file)) return wanted ?? DEFAULT_BASE_PORT;
  const recorded = Number(readFileSync(file, 'utf8'));
  if (wanted !== undefined && wanted !== recorded) {
    throw new StackError(
      `${home} has the base port ${recorded}; give another --home for a stack on ${wanted}`,
    );
  }
  return recorded;
}

/** @param {number} base @returns {Ports} */
function portsFrom(base) {
  return /** @type {Ports} */ (
    Object.fromEntries(Object.entries(OFFSETS).map(([name, offset]) => [name, base + offset]))
  );
}

/** Creates the folder of a stack and records its ports. @param {Stack} stack */
export function makeHome({ home, ports }) {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'base-port'), `${ports.databasePort - OFFSETS.databasePort}\n`);
}

/** @param {number} port @returns {Promise<boolean>} whether somebody listens on the loopback address */
export function isTaken(port) {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (/** @type {boolean} */ taken) => {
      socket.destroy();
      done(taken);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * @param {Stack} stack
 * @param {(keyof Ports)[]} names ports that nobody may listen on yet
 * @throws {StackError}
 */
export async function requireFree({ ports, home }, names) {
  for (const name of names) {
    if (!(await isTaken(ports[name]))) continue;
    throw new StackError(
      `port ${ports[name]} of 127.0.0.1 is in use by another program. End that one, or make a stack elsewhere: ` +
        `--home FOLDER --base-port NUMBER (${home} keeps its ports)`,
    );
  }
}
