import fs from 'node:fs';
import path from 'node:path';
import { isAlive, partsOf, processIdentity } from '../../../bin/processLock.mjs';

let registrations = 0;

/**
 * Notes that this process uses the server. Call it under the lock of the server.
 * @param folder the `users` folder of the home
 * @returns the file to remove when it does not use it any more
 */
export function registerUser(folder: string): string {
  const identity = processIdentity();
  const { pid, startTime } = partsOf(identity);
  const file = path.join(folder, `${pid}-${startTime}-${registrations++}`);
  fs.writeFileSync(file, identity);
  return file;
}

/**
 * How many commands use the server; forgets those that were killed. Call it under the lock of the server. A command on another
 * host cannot use a server that listens on the loopback address only, so its file counts for nothing.
 */
export function countUsers(folder: string): number {
  let users = 0;
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    if (isAlive(fs.readFileSync(file, 'utf8')) === true) users += 1;
    else fs.rmSync(file, { force: true });
  }
  return users;
}
