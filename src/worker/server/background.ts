import fs from 'node:fs';
import path from 'node:path';
import { acquire, isAlive, processIdentity, release } from '../../../bin/processLock.mjs';
import { readJson, writeJson } from '../../store/documents.js';

/** What `background.json` says about the worker in the background of a home. */
export interface BackgroundRecord {
  /** `host:pid:starttime` of its process. */
  readonly identity: string;
  readonly version: string;
}

/** Files of the background worker in a home folder. */
export function backgroundFiles(home: string) {
  return {
    lock: path.join(home, 'background'),
    record: path.join(home, 'background.json'),
    log: path.join(home, 'background.log'),
    /** Serialises the commands that start one. */
    starting: path.join(home, 'up'),
  };
}

/** The background worker of a home, or null when none lives. */
export function liveBackground(home: string): BackgroundRecord | null {
  const found = readJson(backgroundFiles(home).record) as BackgroundRecord | null;
  return found !== null && isAlive(found.identity) === true ? found : null;
}

/**
 * Makes this process the background worker of a home.
 * @returns what ends that
 * @throws when another process is it
 */
export async function becomeBackground(home: string, version: string): Promise<() => void> {
  const files = backgroundFiles(home);
  const held = await acquire(files.lock, {
    onWait: ({ holder }) => {
      throw new Error(`process ${holder} already works in the background for ${home}`);
    },
  });
  const identity = processIdentity();
  writeJson(files.record, { identity, version } satisfies BackgroundRecord);
  return () => {
    fs.rmSync(files.record, { force: true });
    release(held);
  };
}
