// A command that uses the embedded server: node command.mjs HOME [PATIENCE_MS]. Needs the build.
//
// Prints a line of JSON when it has the server, one for each message, and releases the server at the end of its input.

import { ServerUnavailable, useServer } from '../../dist/src/worker/server/embedded.js';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const [, , home, patience] = process.argv;
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
