import fs from 'node:fs';
import path from 'node:path';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { CommandError, exitCode } from './exit.js';
import { lookInto, type StoredRunConfig } from './found.js';
import { inPlainWords } from './serverWords.js';
import { openSession, type ServerPlace, type Session } from './session.js';

/** A run that a command names by its output folder, or by the workflow id that the server's UI shows. */
export interface NamedRun {
  readonly runId: string;
  /** Null when it was named by its workflow id. */
  readonly layout: RunLayout | null;
  readonly server: ServerPlace;
}

/** @throws CommandError (exit code 2) when a folder holds no run */
export function whichRun(name: string): NamedRun {
  const layout = layoutOf(name);
  if (!fs.existsSync(layout.outdir)) {
    if (!name.includes(path.sep)) return { runId: name, layout: null, server: here() };
    throw new CommandError(`${layout.outdir} does not exist`, exitCode.usage);
  }
  const runId = readRunId(layout);
  if (runId === null) throw new CommandError(`${layout.outdir} holds no run`, exitCode.usage);
  return { runId, layout, server: serverOf(layout) };
}

/** The embedded server that belongs to the current folder. */
export function here(): ServerPlace {
  return { near: path.resolve('any') };
}

/** The server that the run was started on, as its run_config.json says; MARSDISK_HOME wins, as everywhere. */
export function serverOf(layout: RunLayout): ServerPlace {
  return recordedServer(lookInto(layout).runConfig?.provenance.server, layout.outdir);
}

/** @param near where an embedded server belongs that no record names */
export function recordedServer(
  recorded: StoredRunConfig['provenance']['server'] | undefined,
  near: string,
): ServerPlace {
  const { home, address, namespace } = recorded ?? {};
  if (process.env.MARSDISK_HOME) return { near };
  if (home !== undefined) return { home };
  return address === undefined ? { near } : { address, namespace: namespace ?? 'default' };
}

/** Connects to the server of a run for as long as `act` takes. */
export async function withSession<T>(server: ServerPlace, act: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(server, (message) => process.stderr.write(`${message}\n`));
  try {
    return await inPlainWords(session, () => act(session));
  } finally {
    await session.release();
  }
}
