/**
 * Sweeps of many cases. One of thousands that nothing disturbs: its books balance at every look, and its worker stays small. And one of which some
 * fail by bad physics, some are terminated, and whose worker and server are killed again and again: its books balance, every case that is
 * complete has the bytes of an undisturbed one, and once the physics is mended, one command completes the rest.
 *
 * The physics is mended as a user would mend it whose solver stops with an error: by a better program. Parameters that matter belong to the
 * identity of a case; changing them would be another sweep. `failingThread.mjs` is the worse program.
 *
 * MARSDISK_LONG_CASES: of the disturbed sweep (1000; 0: without). MARSDISK_LONG_MANY: of the undisturbed one (5000; 0: without).
 * MARSDISK_LONG_SEED: which cases, and where (1).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { partsOf } from '../../bin/processLock.mjs';
import type { SweepProgress } from '../../src/workflows/sweepMessages.js';
import { comparedFiles, type Kill, type Outcome, start } from '../durability/command.js';
import { batchOf, caseStatus, idIn, sweepFile, titlesOf } from '../durability/sweeps/batches.js';
import { sharedServer } from '../durability/sweeps/server.js';
import { eventOf } from './events.js';
import { seeded } from './random.js';
import { since, tell } from './telling.js';

const cases = Number(process.env.MARSDISK_LONG_CASES ?? 1000);
const many = Number(process.env.MARSDISK_LONG_MANY ?? 5000);
const seed = Number(process.env.MARSDISK_LONG_SEED ?? 1);
const HOURS = 3_600_000;
/** 600 MB are meant for 1,000 cases (`npm run bench sweep`); the pools of the C library grow by some 40 MB with each thousand. */
const MOST_MEMORY = 800e6;
const tiny = { overrides: { 'numerics.t_end_years': 0.0005, 'execution.segment_max_steps': 100 } };

const { folder, home, withClient } = sharedServer();
const place = (name: string) => path.join(folder, name);
const axesOf = (count: number) => ({ T: { linspace: [2000, 5000, count] } });

function hashOf(batch: string, title: string): string {
  const files = JSON.stringify(comparedFiles(path.join(batch, title)));
  return createHash('sha256').update(files).digest('hex');
}

/** Looks at the books every second while a command runs. @returns how often they were there */
function lookingAtBooks(client: Client, batch: () => string, total: number): () => Promise<number> {
  let looks = 0;
  let asking: Promise<void> = Promise.resolve();
  let wrong: Error | null = null;
  const look = async () => {
    try {
      const handle = client.workflow.getHandle(idIn(batch(), null));
      const { counts, states } = await client.withDeadline(Date.now() + 5000, () =>
        handle.query<SweepProgress>('books'),
      );
      looks += 1;
      const sum = Object.values(counts).reduce((all, one) => all + one, 0);
      if (sum !== total || states.length !== total) wrong ??= new Error(`books: ${JSON.stringify(counts)}`);
    } catch {
      // Nobody answers while the worker or the server is dead, or the batch is not there yet.
    }
  };
  const timer = setInterval(() => {
    asking = asking.then(look);
  }, 1000);
  return async () => {
    clearInterval(timer);
    await asking;
    if (wrong !== null) throw wrong;
    return looks;
  };
}

function peakIn({ stderr }: Outcome): number {
  return Number(/^peak (\d+)$/m.exec(stderr)![1]);
}

/** CPU time of the server so far, ms. */
function serverCpu(): number {
  const { identity } = JSON.parse(readFileSync(path.join(home, 'server.json'), 'utf8'));
  const [, fields] = readFileSync(`/proc/${partsOf(identity).pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields!.split(' ').slice(11, 13).map(Number);
  return 10 * (user! + system!);
}

/** What a case took of a sweep that nothing disturbed. */
function tellCosts(outcome: Outcome, count: number, began: number, server: number): void {
  const minutes = (performance.now() - began) / 60_000;
  const worker = Number(/^cpu ([\d.]+)$/m.exec(outcome.stderr)![1]) * 1000;
  const each = (cpu: number) => `${Math.round(cpu / count)} ms`;
  tell(
    `${count} cases in ${since(began)}, ${Math.round(count / minutes)} a minute; CPU per case: worker ${each(worker)} with its compute, ` +
      `server ${each(server)}; worker at most ${Math.round(peakIn(outcome) / 1e6)} MB`,
  );
}

(many > 0 ? it : it.skip)(
  `${many} cases: the books balance at every look, and the worker stays small`,
  async () => {
    const file = sweepFile(place('many'), { ...tiny, axes: axesOf(many) });
    const began = performance.now();
    const before = serverCpu();
    const looks = await withClient(async (client) => {
      const done = lookingAtBooks(client, () => batchOf(place('many')), many);
      const environment = { MARSDISK_TEST_TRACE: '1' };
      const outcome = await start(home, ['sweep', file, '--quiet'], { environment }).ended;
      const looked = await done();
      expect(outcome).toMatchObject({ code: 0 });
      expect(peakIn(outcome)).toBeLessThan(MOST_MEMORY);
      tellCosts(outcome, many, began, serverCpu() - before);
      return looked;
    });
    expect(titlesOf(batchOf(place('many')), 'complete')).toHaveLength(many);
    tell(`the books balanced at each of ${looks} looks`);
  },
  8 * HOURS,
);

/** Cases that the worse program fails, and those that are terminated. */
function chosen(chance: () => number, count: number, except: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  while (found.size < count) {
    const index = Math.floor(chance() * cases);
    if (!except.has(index)) found.add(index);
  }
  return found;
}

/** Every so many events one strikes, in turns of the worker, and sometimes of the server. */
function planned(chance: () => number, kills: number, servers: number): Kill[] {
  const between = (2 * cases) / (kills + servers + 2);
  const kinds: Kill['what'][] = [
    ...Array.from({ length: servers }, () => 'server' as const),
    ...Array.from({ length: kills }, () => 'node' as const),
  ];
  kinds.sort(() => chance() - 0.5);
  return kinds.map((what) => ({
    at: chance() < 0.5 ? 'segment-computed' : 'segment-started',
    what,
    count: Math.max(1, Math.round(between * (0.3 + 0.4 * chance()))),
  }));
}

(cases > 0 ? it : it.skip)(
  `${cases} cases of which some fail, some are terminated, and whose worker and server are killed: complete to the byte, or named`,
  async () => {
    const chance = seeded(seed);
    const parts = { ...tiny, axes: axesOf(cases) };
    const quietFile = sweepFile(place('quiet'), parts);
    const began = performance.now();
    const before = serverCpu();
    const quiet = await start(home, ['sweep', quietFile, '--quiet'], {
      environment: { MARSDISK_TEST_TRACE: '1' },
    }).ended;
    expect(quiet).toMatchObject({ code: 0 });
    tellCosts(quiet, cases, began, serverCpu() - before);
    const quietBatch = batchOf(place('quiet'));
    const titles = Object.keys(caseStatus(quietBatch));
    expect(titles).toHaveLength(cases);

    const bad = chosen(chance, Math.ceil(cases * 0.05), new Set());
    const terminated = chosen(chance, Math.ceil(cases * 0.02), bad);
    const inTitles = (indices: ReadonlySet<number>) => [...indices].map((index) => titles[index]!).sort();
    const [badTitles, terminatedTitles] = [inTitles(bad), inTitles(terminated)];
    const toTerminate = new Set(terminatedTitles);
    const kills = planned(chance, Math.max(2, Math.round(cases / 50)), Math.max(1, Math.round(cases / 200)));
    const file = sweepFile(place('disturbed'), parts);
    const batch = () => batchOf(place('disturbed'));
    let struck = 0;
    let outcome: Outcome;
    const disturbed = performance.now();

    await withClient(async (client) => {
      /** Its thread hangs until it is gone, so that it cannot complete before. */
      const terminate = async (title: string) => {
        for (;;) {
          try {
            await client.workflow.getHandle(idIn(batch(), title)).terminate('on purpose');
            return;
          } catch (error) {
            if (error instanceof WorkflowNotFoundError) return; // it has ended
          }
        }
      };
      const terminations: Promise<void>[] = [];
      const done = lookingAtBooks(client, batch, cases);
      do {
        outcome = await start(home, ['sweep', file, '--quiet'], {
          kill: kills.slice(struck),
          environment: {
            MARSDISK_TEST_TRACE: '1',
            MARSDISK_TEST_THREAD: path.resolve('tests/long/failingThread.mjs'),
            MARSDISK_TEST_FAILING: JSON.stringify(badTitles),
            MARSDISK_TEST_HELD: JSON.stringify(terminatedTitles),
          },
          onLine(line) {
            const event = eventOf(line);
            if (event?.name === 'struck') struck += 1;
            const { folder: title } = (event?.detail ?? {}) as { folder?: string };
            if (event?.name !== 'segment-started' || title === undefined || !toTerminate.delete(title))
              return;
            terminations.push(terminate(title));
          },
        }).ended;
      } while (outcome.signal === 'SIGKILL');
      await Promise.all(terminations);
      tell(
        `disturbed, seed ${seed}: ${since(disturbed)}, ${struck} of ${kills.length} kills; looked ${await done()} times`,
      );
    });

    expect(struck).toBe(kills.length);
    expect(outcome!).toMatchObject({ code: 3 });
    expect(titlesOf(batch(), 'failed').sort()).toEqual(badTitles);
    expect(titlesOf(batch(), 'lost').sort()).toEqual(terminatedTitles);
    const complete = titlesOf(batch(), 'complete');
    expect(complete).toHaveLength(cases - bad.size - terminated.size);
    for (const title of complete) expect(hashOf(batch(), title)).toBe(hashOf(quietBatch, title));

    const mended = await start(home, ['sweep', file, '--retry-failed', '--quiet']).ended;
    expect(mended).toMatchObject({ code: 0 });
    for (const title of titles) expect(hashOf(batch(), title)).toBe(hashOf(quietBatch, title));
    expect(readFileSync(path.join(batch(), 'checks/case_status.csv'))).toEqual(
      readFileSync(path.join(quietBatch, 'checks/case_status.csv')),
    );
  },
  8 * HOURS,
);
