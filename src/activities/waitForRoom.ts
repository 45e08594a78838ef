import { ApplicationFailure, Context } from '@temporalio/activity';
import { isDiskFull, noRoomText, type Room, roomIn } from '../store/room.js';
import type { Dependencies } from './dependencies.js';

/** Between two looks at the disk, ms. */
const lookEvery = 500;

/** Room that has to come free before work is tried again at once: less is nobody's cleaning up. Bytes. */
const worthTrying = 2 ** 20;

/** Without more room in sight it is tried again after this, ms: a quota does not show in what the disk says of itself. */
const tryAnywayAfter = 30_000;

/** Which disk is full (a folder on it), and the words for it. */
export interface FullDisk {
  readonly disk: string;
  readonly words: string;
}

/** Details of a heartbeat meanwhile: how a command on another machine learns of it. */
export interface Waiting {
  readonly waiting: string;
}

/**
 * Does the work; when the disk is full it says so, waits until there is room, and does it again. A failed attempt of the server would do
 * the same, but only after a pause that has grown to half a minute, and in words that only a programmer reads.
 * @param outdir folder of the run, whose disk is meant unless `about` names another
 * @throws ApplicationFailure with the words for the user when the attempt is ended meanwhile (shutdown, cancel), or may not wait
 */
export async function waitingForRoom<T>(
  dependencies: Dependencies,
  outdir: string,
  work: () => Promise<T>,
  about: (full: Error) => FullDisk = () => ({ disk: outdir, words: noRoomText(outdir, roomIn(outdir)) }),
): Promise<T> {
  const context = Context.current();
  let said = false;
  const say = (message: string | null) => {
    said = message !== null;
    dependencies.onWaiting(outdir, message);
  };
  try {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        const { disk, words } = about(error as Error);
        const room = roomIn(disk);
        const message = `${words}; the run waits and goes on by itself.`;
        // Last words of a run that ends have few attempts: they must not keep it from ending.
        if (context.info.retryPolicy?.maximumAttempts) throw noRoom(words);
        say(message);
        const deadline = performance.now() + tryAnywayAfter;
        while (!more(room, roomIn(disk)) && performance.now() < deadline) {
          context.heartbeat({ waiting: message } satisfies Waiting);
          await context.sleep(lookEvery).catch(() => Promise.reject(noRoom(words)));
          if (dependencies.computePool.draining) throw noRoom(words);
        }
        if (more(room, roomIn(disk))) say(null);
      }
    }
  } finally {
    if (said) say(null);
  }
}

function more(before: Room, now: Room): boolean {
  return now.bytes >= before.bytes + worthTrying || (before.files === 0 && now.files > 0);
}

function noRoom(words: string): ApplicationFailure {
  return ApplicationFailure.retryable(words, 'NoRoom');
}
