/**
 * Hundreds of SIGKILLs at random steps and events of runs on the embedded server: each run ends with the bytes of an undisturbed one.
 *
 * MARSDISK_LONG_KILLS: how many (500). MARSDISK_LONG_SEED: where (1); the same seed gives the same plans, though not the same course.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { comparedFiles, type Outcome, start } from '../durability/command.js';
import { scratch } from '../durability/folders.js';
import { type Event, eventOf, placeOf } from './events.js';
import { randomKills, seeded } from './random.js';
import { since, spread, tell } from './telling.js';

const wanted = Number(process.env.MARSDISK_LONG_KILLS ?? 500);
const seed = Number(process.env.MARSDISK_LONG_SEED ?? 1);
const SEGMENT_STEPS = 4;
/** A command that takes longer from one event to the next hangs. */
const SILENCE_LIMIT_MS = 240_000;

const folder = scratch();
const home = path.join(folder, 'home');
const run = [
  'run',
  'configs/quickstart.yml',
  'io.figures=false',
  'numerics.checkpoint.interval_years=100',
  '--quiet',
];
const inShortSegments = `execution.segment_max_steps=${SEGMENT_STEPS}`;
/** Small, so that manifests and new executions are crossed often. */
const policy = { manifestEverySegments: 3, continueAsNewAfterSegments: 20 };
const environment = { MARSDISK_TEST_TRACE: '1' };
const chance = seeded(seed);

/** Events that only a server can bring about; the others come from a segment that computes on while its server is dead. */
const NEEDS_SERVER = ['segment-started', 'workflow-task'];

/** What has happened so far. */
const tally = {
  kills: 0,
  missed: 0,
  commands: 0,
  byKind: new Map<string, number>(),
  recoveries: [] as number[],
};

/** One command, with kills on its way or to its end. */
async function command(
  words: readonly string[],
  kills: ReturnType<typeof randomKills>,
  onEvent: (event: Event) => void,
): Promise<Outcome> {
  tally.commands += 1;
  let silence: NodeJS.Timeout;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => process.kill(running.pid, 'SIGABRT'), SILENCE_LIMIT_MS);
  };
  const running = start(home, [...run, ...words], {
    policy,
    environment,
    kill: kills,
    onLine(line) {
      listen();
      const event = eventOf(line);
      if (event !== null) onEvent(event);
    },
  });
  listen();
  return running.ended.finally(() => clearTimeout(silence));
}

/** One run to its end under kills. */
async function killedRun(outdir: string, segments: number): Promise<void> {
  let segment = 0;
  let struck: { readonly detail: Event['detail']; readonly when: number } | null = null;
  for (;;) {
    const left = wanted - tally.kills;
    const kills = left > 0 ? randomKills(chance, SEGMENT_STEPS, segment >= segments - 2, left) : [];
    const outcome = await command([inShortSegments, '--outdir', outdir], kills, ({ name, detail }) => {
      segment = detail.segment ?? segment;
      if (name === 'missed') tally.missed += 1;
      else if (name === 'struck') {
        tally.kills += 1;
        const kind = `${detail.what} at ${detail.at}`;
        tally.byKind.set(kind, (tally.byKind.get(kind) ?? 0) + 1);
        tell(`kill ${tally.kills}/${wanted}: ${placeOf(detail)}`);
        struck = { detail, when: performance.now() };
      } else if (struck !== null && (struck.detail.what !== 'server' || NEEDS_SERVER.includes(name))) {
        tally.recoveries.push(performance.now() - struck.when);
        tell(`  goes on with ${name} after ${since(struck.when)}`);
        struck = null;
      }
    });
    if (outcome.code === 0) return;
    if (outcome.signal !== 'SIGKILL') {
      throw new Error(
        `seed ${seed}, plan ${JSON.stringify(kills)}: ${outcome.code ?? outcome.signal}\n${outcome.stderr.slice(-4000)}`,
      );
    }
  }
}

it(
  `${wanted} random kills change no byte`,
  async () => {
    const began = performance.now();
    const quiet = path.join(folder, 'quiet');
    expect(await command(['--outdir', quiet], [], () => {})).toMatchObject({ code: 0 });
    const bytes = comparedFiles(quiet);
    const { execution, status } = JSON.parse(readFileSync(path.join(quiet, 'summary.json'), 'utf8'));
    expect(execution.segments).toBe(1);
    const segments = Math.ceil(status.steps / SEGMENT_STEPS);
    tell(`undisturbed run in one segment: ${since(began)}; now in ${segments} segments, seed ${seed}`);
    let runs = 0;
    while (tally.kills < wanted) {
      runs += 1;
      const outdir = path.join(folder, `run-${runs}`);
      await killedRun(outdir, segments);
      expect(comparedFiles(outdir)).toEqual(bytes);
      tell(`run ${runs} is complete after ${tally.kills} kills in all: every byte as in the undisturbed run`);
    }
    const kinds = [...tally.byKind].sort().map(([kind, count]) => `${kind} ${count}`);
    tell(
      `random kills: ${tally.kills} (${tally.missed} found nothing to kill) in ${runs} runs and ${tally.commands} commands, ${since(began)}; ` +
        `next event after a kill: ${spread(tally.recoveries)}\n  ${kinds.join(', ')}`,
    );
  },
  4 * 3_600_000,
);
