import path from 'node:path';
import { isAlive } from '../../../bin/processLock.mjs';
import { noRoomText, roomIn } from '../../store/room.js';
import type { ServerInUse } from './embedded.js';
import { readRecord } from './record.js';

/** How soon a dead server is noticed, ms. Looking costs one small file and one line of /proc. */
const lookEvery = 500;

/** With less room than this the server cannot record what a segment hands it, bytes. */
const neededRoom = 2 ** 20;

/** When a server that did not start is tried again (a full disk may have room by then), ms. */
const tryAgainAfter = 10_000;

/**
 * Starts the embedded server again when it has died under a command, so that nothing needs to be typed: worker and client find it on
 * the same port and go on.
 * @param say what ends well by itself
 * @param warn what the user must do something about, and when that has been done
 */
export function keepAlive(
  home: string,
  server: ServerInUse,
  say: (message: string) => void,
  warn: (message: string) => void,
): { stop(): Promise<void> } {
  const file = path.join(home, 'server.json');
  let reviving: Promise<void> | null = null;
  /** A start that failed fails again at once: nobody wants to read that twice a second. */
  let failedAt: number | null = null;
  const revive = async () => {
    try {
      const { restarted, address } = await server.revive();
      // Who has been told that it does not start is told that it does now.
      if (restarted) (failedAt === null ? say : warn)('the embedded server had died; it is running again');
      failedAt = null;
      if (address !== server.address) {
        warn(
          `it had to take another port (${address}): interrupt this command and type it again to reach it`,
        );
      }
    } catch (error) {
      failedAt = performance.now();
      warn(
        `the embedded server has died and does not start: ${error instanceof Error ? error.message : error}`,
      );
    } finally {
      reviving = null;
    }
  };
  let full = false;
  const lookAtDisk = () => {
    const room = roomIn(home);
    if (full === (room.bytes < neededRoom || room.files === 0)) return;
    full = !full;
    warn(
      full
        ? `${noRoomText(home, room)}; the Temporal server records nothing meanwhile, and the run goes on by itself.`
        : 'there is room for the Temporal server again',
    );
  };
  const timer = setInterval(() => {
    lookAtDisk();
    if (reviving !== null) return;
    const due = failedAt === null ? hasDied(file) : performance.now() - failedAt > tryAgainAfter;
    if (due) reviving = revive();
  }, lookEvery);
  return {
    async stop() {
      clearInterval(timer);
      await reviving;
    },
  };
}

function hasDied(file: string): boolean {
  const record = readRecord(file);
  return record !== null && isAlive(record.identity) === false;
}
