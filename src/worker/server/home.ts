import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../store/durable.js';
import { reasonOf, ServerUnavailable } from './error.js';

const FOLDER = '.marsdisk';

/**
 * The folder of the embedded server that belongs to a configuration file: MARSDISK_HOME if set, else the nearest `.marsdisk`
 * in a folder above the file, else a new one beside it.
 * @param near configuration file or output folder; need not exist
 */
export function serverHome(near: string, environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.MARSDISK_HOME) return path.resolve(environment.MARSDISK_HOME);
  const beside = path.dirname(path.resolve(near));
  for (let folder = beside; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, FOLDER);
    if (fs.statSync(candidate, { throwIfNoEntry: false })?.isDirectory()) return candidate;
    if (folder === path.dirname(folder)) return path.join(beside, FOLDER);
  }
}

/** The files in a server's home folder. */
export interface HomeFiles {
  readonly folder: string;
  readonly lock: string;
  readonly record: string;
  readonly users: string;
  readonly database: string;
  /** Stands here while no server has served from the database. */
  readonly unserved: string;
  /** Log of the server: appended. */
  readonly log: string;
  /** What the server prints once it serves: replaced at each start. */
  readonly banner: string;
}

/** Names of the files in a home folder. */
export function homeFiles(folder: string): HomeFiles {
  const inside = (name: string) => path.join(folder, name);
  return {
    folder,
    lock: inside('server'),
    record: inside('server.json'),
    users: inside('users'),
    database: inside('temporal.db'),
    unserved: inside('temporal.db.unserved'),
    log: inside('server.log'),
    banner: inside('server.out'),
  };
}

/**
 * Creates the home folder if it is missing and makes sure that it can be written.
 * @throws ServerUnavailable with the cure, if it cannot
 */
export function openHome(folder: string): HomeFiles {
  const files = homeFiles(folder);
  try {
    makeFolder(files.users);
    for (const place of [folder, files.users]) fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK);
    if (fs.existsSync(files.database)) fs.accessSync(files.database, fs.constants.W_OK);
  } catch (error) {
    throw new ServerUnavailable(
      `the embedded server needs a folder that it can write, and ${folder} is none: ${reasonOf(error)}. ` +
        'Set MARSDISK_HOME to a writable folder on a local disk, or give write permission.',
    );
  }
  return files;
}
