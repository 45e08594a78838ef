import path from 'node:path';
import { isAlive } from '../../../bin/processLock.mjs';
import type { ServerInUse } from './embedded.js';
import { readRecord } from './record.js';

/** How soon a dead server is noticed, ms. Looking costs one small file and one line of /proc. */
const lookEvery = 500;

/**
 * Starts the embedded server again when it has died under a command, so that nothing needs to be typed: worker and client find it on
 * the same port and go on.
 */
export function keepAlive(
  home: string,
  server: ServerInUse,
  say: (message: string) => void,
): { stop(): Promise<void> } {
  const file = path.join(home, 'server.json');
  let reviving: Promise<void> | null = null;
  const revive = async () => {
    try {
      if ((await server.revive()).restarted) say('the embedded server had died; it is running again');
    } catch (error) {
      say(
        `the embedded server has died and does not start: ${error instanceof Error ? error.message : error}`,
      );
    } finally {
      reviving = null;
    }
  };
  const timer = setInterval(() => {
    const record = readRecord(file);
    if (reviving === null && record !== null && isAlive(record.identity) === false) reviving = revive();
  }, lookEvery);
  return {
    async stop() {
      clearInterval(timer);
      await reviving;
    },
  };
}
