import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { acquire, release } from '../../../bin/processLock.mjs';
import { reasonOf, ServerUnavailable } from './error.js';
import { CLI_MODULE, downloadThroughSdk, installWithGo } from './install.js';

/** A Temporal CLI that runs, and how it was found. */
export interface TemporalCli {
  readonly path: string;
  readonly source: string;
}

/** @see findTemporal */
export interface Search {
  /** Path from the project's configuration; TEMPORAL_CLI comes next. */
  readonly configured?: string;
  readonly onMessage: (message: string) => void;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Folder outside the clone that keeps the Temporal CLI for all clones of a user. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME || path.join(environment.HOME || homedir(), '.cache');
  return path.join(base, 'marsdisk', 'bin');
}

/**
 * Finds a Temporal CLI that runs: configured path, TEMPORAL_CLI, PATH, the cache; else fetches one into the cache, by the SDK's
 * download or by `go install`.
 * @throws ServerUnavailable that lists what was tried, why it failed and what to do
 */
export async function findTemporal(search: Search): Promise<TemporalCli> {
  const environment = search.environment ?? process.env;
  const tried: string[] = [];
  const present = await findPresent(search, environment, tried);
  if (present) return present;
  const cache = cacheFolder(environment);
  try {
    fs.mkdirSync(cache, { recursive: true });
  } catch (error) {
    tried.push(`${cache}: cannot be created (${reasonOf(error)})`);
    throw noneFound(tried);
  }
  const held = await acquire(path.join(cache, 'install'), { onWait: waitMessage(search.onMessage) });
  try {
    return await fetchIntoCache(cache, search.onMessage, environment, tried);
  } finally {
    release(held);
  }
}

async function findPresent(
  search: Search,
  environment: NodeJS.ProcessEnv,
  tried: string[],
): Promise<TemporalCli | null> {
  const named = [
    { path: search.configured, source: 'the configured path' },
    { path: environment.TEMPORAL_CLI, source: 'TEMPORAL_CLI' },
  ];
  for (const { path: file, source } of named) {
    if (!file) continue;
    const reason = await whyUnfit(file);
    if (reason === null) return { path: path.resolve(file), source };
    tried.push(`${source} (${file}): ${reason}`);
    search.onMessage(
      `${source} names ${file}, which is no Temporal CLI that runs (${reason}); looking further`,
    );
  }
  for (const folder of (environment.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, 'temporal');
    if (folder === '' || !fs.existsSync(file)) continue;
    const reason = await whyUnfit(file);
    if (reason === null) return { path: file, source: 'PATH' };
    tried.push(`${file} on PATH: ${reason}`);
  }
  if (!tried.some((line) => line.includes('on PATH'))) tried.push('PATH: has no program called temporal');
  return await fromCache(cacheFolder(environment), tried);
}

async function fromCache(cache: string, tried: string[]): Promise<TemporalCli | null> {
  const file = path.join(cache, 'temporal');
  const reason = await whyUnfit(file);
  if (reason === null) return { path: file, source: 'the cache' };
  tried.push(`the cache (${file}): ${reason}`);
  return null;
}

/** Call it under the lock of the cache. */
async function fetchIntoCache(
  cache: string,
  onMessage: (message: string) => void,
  environment: NodeJS.ProcessEnv,
  tried: string[],
): Promise<TemporalCli> {
  const byAnother = await fromCache(cache, []); // whom we may have waited for
  if (byAnother) return byAnother;
  const target = path.join(cache, 'temporal');
  const ways = [
    { source: "the SDK's own download", fetch: downloadThroughSdk },
    { source: `go install ${CLI_MODULE}`, fetch: installWithGo },
  ];
  for (const { source, fetch } of ways) {
    const folder = path.join(cache, 'fetching'); // what a killed command left there is useless
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder);
    try {
      const file = await fetch(folder, onMessage, environment);
      const reason = await whyUnfit(file);
      if (reason !== null) throw new Error(`it does not run: ${reason}`);
      fs.renameSync(file, target);
      return { path: target, source };
    } catch (error) {
      tried.push(`${source}: ${reasonOf(error)}`);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  throw noneFound(tried);
}

/** Runs a candidate once; null if it is a Temporal CLI. */
async function whyUnfit(file: string): Promise<string | null> {
  if (!fs.existsSync(file)) return 'does not exist';
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 20_000 });
    return /^temporal version/m.test(stdout)
      ? null
      : `"--version" says ${JSON.stringify(stdout.slice(0, 80))}`;
  } catch (error) {
    return reasonOf(error).trim();
  }
}

function waitMessage(onMessage: (message: string) => void): (waiting: { holder: string }) => void {
  let announced = false;
  return ({ holder }) => {
    if (!announced) onMessage(`another command is fetching the Temporal CLI (${holder}); waiting for it`);
    announced = true;
  };
}

function noneFound(tried: string[]): ServerUnavailable {
  return new ServerUnavailable(
    `no Temporal CLI that runs was found. Tried:\n${tried.map((line) => `  - ${line}`).join('\n')}\n` +
      'What to do: install the Temporal CLI (version 1.3 or newer) and put it on PATH or set TEMPORAL_CLI to it; or install Go, ' +
      'and marsdisk builds it; or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}
