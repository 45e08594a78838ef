import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import type { RunSpec } from '../config/runSpec.js';
import { workerEngine } from '../worker/engine.js';
import { projectRoot, version } from '../worker/version.js';
import type { Session } from './session.js';

/** What run_config.json says at the start: the resolved configuration, and who computed it where with which versions. */
export function runConfigOf(spec: RunSpec, session: Session): Record<string, unknown> {
  return {
    status: 'started',
    title: spec.title,
    identity: spec.identity,
    model: spec.model,
    configuration: spec.configuration,
    origins: spec.origins,
    params: spec.params,
    inputs: spec.inputs,
    warnings: spec.warnings,
    restarts: [],
    provenance: {
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
    },
  };
}

/** Null outside a git checkout. */
function commit(): string | null {
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
