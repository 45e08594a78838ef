// A command that uses the embedded server: node command.mjs HOME [PATIENCE_MS]. Needs the build. With MARSDISK_TEST_DIE_AT_RECORD
// it kills itself when it has the server's process and would write its record.
//
// Prints a line of JSON when it has the server, one for each message, and releases the server at the end of its input.

import fs from 'node:fs';
import path from 'node:path';
import { ServerUnavailable, useServer } from '../../dist/src/worker/server/embedded.js';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const [, , home, patience] = process.argv;
if (process.env.MARSDISK_TEST_DIE_AT_RECORD) {
  const rename = fs.renameSync;
  fs.renameSync = (from, to) => {
    if (to === path.join(home, 'server.json')) process.kill(process.pid, 'SIGKILL');
    rename(from, to);
  };
}
const ended = new Promise((resolve) => process.stdin.resume().on('end', resolve));
try {
  const onMessage = (message) => print({ message });
  const server = await useServer({ home, onMessage, ...(patience ? { patienceMs: Number(patience) } : {}) });
  print({ address: server.address, uiUrl: server.uiUrl, adopted: server.adopted });
  await ended;
  await server.release();
  print({ released: true });
} catch (error) {
  if (!(error instanceof ServerUnavailable)) throw error;
  print({ unavailable: error.message });
}
