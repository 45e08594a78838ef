import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { workerEngine } from '../worker/engine.js';
import { projectRoot, version } from '../worker/version.js';
import type { Session } from './session.js';

/** Who starts a run where, with which versions. */
export function provenanceOf(session: Session): Record<string, unknown> {
  return {
    version,
    commit: commit(),
    node: process.version,
    ...(session.home === null ? {} : { engine: workerEngine() }), // of a remote worker only its results tell
    platform: `${process.platform} ${process.arch}`,
    host: hostname(),
    started_at: new Date().toISOString(),
    server:
      session.home === null
        ? { address: session.connection.address, namespace: session.namespace }
        : { home: session.home },
  };
}

/** Null outside a git checkout. */
export function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
