// temporal-server and temporal-sql-tool, built once from the Go module into a cache outside the clone.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { acquire, release } from '../../bin/processLock.mjs';
import { StackError } from './failure.mjs';

/** The server of docker-compose.yml. */
export const SERVER_VERSION = '1.29.1';

/** Packages of the module, and the names under which the programs are known. */
const PROGRAMS = { server: 'cmd/server', sql: 'cmd/tools/sql' };
const REPORT_EVERY_MS = 30_000;
const LIMIT_MS = 60 * 60_000;

/** Folder that keeps the programs for all clones of a user. */
export function cacheFolder(environment = process.env) {
  const base = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache');
  return join(base, 'marsdisk', 'native');
}

/**
 * The programs of the server, from the cache or newly built.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<{ server: string, sqlTool: string }>} paths
 * @throws {StackError} when they cannot be built
 */
export async function serverPrograms(say) {
  const cache = cacheFolder();
  const folder = join(cache, `temporal-${SERVER_VERSION}`);
  const programs = { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
  if (existsSync(folder)) return programs;
  mkdirSync(cache, { recursive: true });
  const held = await acquire(join(cache, 'build'), {
    onWait: ({ waitedMs, holder }) => {
      if (waitedMs === 0) say(`another command is building the Temporal server (${holder}); waiting for it`);
    },
  });
  try {
    if (!existsSync(folder)) await build(cache, folder, say);
  } finally {
    release(held);
  }
  return programs;
}

/** @param {string} cache @param {string} folder @param {(message: string) => void} say */
async function build(cache, folder, say) {
  const fresh = join(cache, 'building'); // what a killed build left there is useless
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  const modules = Object.values(PROGRAMS).map((name) => `go.temporal.io/server/${name}@v${SERVER_VERSION}`);
  say(
    `building the Temporal server ${SERVER_VERSION} into ${folder}: once for all clones, ` +
      'up to a quarter of an hour on two cores, at low priority',
  );
  const began = performance.now();
  await goInstall(modules, fresh, say);
  for (const name of Object.keys(PROGRAMS)) {
    if (!existsSync(join(fresh, name)))
      throw new StackError(`go install left no program ${name} in ${fresh}`);
  }
  renameSync(fresh, folder);
  say(`built in ${Math.round((performance.now() - began) / 1000)} s`);
}

/** @param {string[]} modules @param {string} folder @param {(message: string) => void} say @returns {Promise<void>} */
function goInstall(modules, folder, say) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '19', 'go', 'install', ...modules], {
      env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-2000);
      });
    }
    const reports = setInterval(
      () => say(`building the Temporal server, ${Math.round((performance.now() - began) / 1000)} s`),
      REPORT_EVERY_MS,
    );
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(reports);
      if (code === 0) resolve();
      else
        reject(
          new StackError(
            `the Temporal server was not built (${signal ?? `exit ${code}`}):\n${advice(code, output)}`,
          ),
        );
    });
  });
}

/** @param {number | null} code @param {string} output */
function advice(code, output) {
  const noGo = code === 127 || /nice: .*go.*No such file/.test(output);
  return noGo ? 'There is no Go on PATH: install Go 1.25 or newer.' : output.trim();
}
