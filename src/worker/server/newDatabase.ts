/** A server that is killed while it makes its database leaves tables missing, and no later one starts on it. */
import fs from 'node:fs';
import { writeDurably } from '../../store/durable.js';
import type { HomeFiles } from './home.js';

/**
 * Before a start: removes a database that no server has ever served, so that nobody can have confided anything to it, and notes one that is
 * going to be made.
 */
export function beforeStart({ database, unserved }: Pick<HomeFiles, 'database' | 'unserved'>): void {
  if (fs.existsSync(unserved)) {
    for (const file of [database, `${database}-wal`, `${database}-shm`]) fs.rmSync(file, { force: true });
  } else if (!fs.existsSync(database)) writeDurably(unserved, 'No server has served from temporal.db yet.\n');
}

/** A server has answered: its database is whole, and may be used from now on. */
export function afterStart({ unserved }: Pick<HomeFiles, 'unserved'>): void {
  fs.rmSync(unserved, { force: true });
}
