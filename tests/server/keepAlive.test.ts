/** What is said of a server that has died: --quiet silences what mends itself, not what the user must act on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import type { ServerInUse } from '../../src/worker/server/embedded.js';
import { keepAlive } from '../../src/worker/server/keepAlive.js';

const home = mkdtempSync(path.join(tmpdir(), 'marsdisk-alive-'));
afterAll(() => rmSync(home, { recursive: true }));
const address = '127.0.0.1:7233';

/** The first thing that is said after the death of a server whose new start ends like this. */
async function saidAfterDeath(revive: ServerInUse['revive']): Promise<string> {
  // No process has begun at the first tick of the machine.
  const record = { identity: `${hostname()}:${process.pid}:1`, port: 7233, uiPort: 8233, database: 'none' };
  writeFileSync(path.join(home, 'server.json'), JSON.stringify(record));
  const server = { address, revive } as ServerInUse;
  let guard = { stop: async () => {} };
  const first = await new Promise<string>((resolve) => {
    guard = keepAlive(
      home,
      server,
      (message) => resolve(`say: ${message}`),
      (message) => resolve(`warn: ${message}`),
    );
  });
  await guard.stop();
  return first;
}

it('silently, where it runs again by itself', async () => {
  expect(await saidAfterDeath(async () => ({ restarted: true, address }))).toMatch(/^say: .*running again/);
});

it('aloud, where it does not start, or listens elsewhere', async () => {
  const refused = saidAfterDeath(() => Promise.reject(new Error('no binary')));
  expect(await refused).toMatch(/^warn: .*does not start: no binary/);
  const moved = saidAfterDeath(async () => ({ restarted: false, address: '127.0.0.1:7234' }));
  expect(await moved).toMatch(/^warn: .*another port \(127\.0\.0\.1:7234\): interrupt this command/);
});
