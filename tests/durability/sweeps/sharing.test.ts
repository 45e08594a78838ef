/** Cases with a common beginning: it is computed once, whatever is killed meanwhile, and the files are those of cases that share nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SweepProgress } from '../../../src/workflows/sweepMessages.js';
import { eventually } from '../../activities/hooks/processes.js';
import { type Conditions, marsdisk, type Outcome, type Running, start } from '../command.js';
import { filesIn } from '../folders.js';
import { idIn } from './batches.js';
import { sharedServer } from './server.js';

const { folder, home, withClient } = sharedServer();
const base = path.resolve('configs/quickstart.yml');
const environment = { MARSDISK_TEST_TRACE: '1' };
const settings = 'sizes.n_bins: 12, numerics.rtol: 1.0e-9, execution.segment_max_steps: 900';
const checkpoints = 'numerics.checkpoint.enabled: true, numerics.checkpoint.interval_years: 2';

const sweeps = {
  ends: `overrides: {${settings}, ${checkpoints}}\naxes: {numerics.t_end_years: [3, 9, 5]}\n`,
  stops: `overrides: {${settings}, numerics.min_duration_years: 4}\naxes: {optical_depth.tau_stop: [0.001, 2]}\n`,
  lone: `tag: ends\noverrides: {${settings}, ${checkpoints}}\naxes: {numerics.t_end_years: [3, 9, 5]}\ncases: [{i0: 0.03, numerics.t_end_years: 1.0e-6}]\n`,
  fails: `overrides: {${settings}, numerics.max_steps: 2500}\naxes: {numerics.t_end_years: [3, 9]}\n`,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(sweeps)) {
    fs.writeFileSync(path.join(folder, `${name}.yml`), `base: ${base}\n${text}`);
  }
});

/** A command for a sweep in a place. */
function sweep(name: keyof typeof sweeps, place: string, conditions: Conditions = {}, ...options: string[]) {
  return sweepAt(home, name, place, conditions, ...options);
}

function sweepAt(
  at: string,
  name: keyof typeof sweeps,
  place: string,
  conditions: Conditions = {},
  ...options: string[]
) {
  const args = ['sweep', path.join(folder, `${name}.yml`), '--outdir', path.join(folder, place), ...options];
  return start(at, args, { environment, ...conditions });
}

function batchIn(place: string): string {
  const [tag] = fs.readdirSync(path.join(folder, place)).filter((name) => name in sweeps);
  const batches = path.join(folder, place, tag!);
  return path.join(batches, fs.readdirSync(batches).find((name) => name.includes('__seed'))!);
}

/** Hashes of what no way of computing may change. */
function compared(place: string): Record<string, string> {
  const own = /(^[^/]*$)|\/(run_config\.json|summary\.json|run_id|segments\.json)$|^checks\/|^hooks\//;
  return Object.fromEntries(Object.entries(filesIn(batchIn(place))).filter(([name]) => !own.test(name)));
}

interface Event {
  readonly name: string;
  readonly segment: number;
  readonly steps: number;
  readonly members: number;
}

function events({ stderr }: Outcome, name: string): Event[] {
  return [...stderr.matchAll(new RegExp(`^event ${name} (.*)$`, 'gm'))].map((match) => JSON.parse(match[1]!));
}

/** A sweep whose beginning stands still in its second segment, until that is ended from outside. */
async function held(
  place: string,
  name: keyof typeof sweeps = 'ends',
  more: Conditions['environment'] = {},
): Promise<Running> {
  const kill = { at: 'step', what: 'hold', segment: 1, step: 300 } as const;
  const running = sweep(name, place, { kill, environment: { ...environment, ...more } }, '-j', '2');
  await running.said(/^held at step 300 of segment 1/m);
  return running;
}

const segmentsOf = (outcome: Outcome, name: string) => events(outcome, name).map(({ segment }) => segment);
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, i) => i);

describe('cases that end at different times', () => {
  let apart: Record<string, string>;

  beforeAll(async () => {
    const outcome = await sweep('ends', 'apart', {}, '--no-share').ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(segmentsOf(outcome, 'segment-computed').filter((segment) => segment === 0)).toHaveLength(3);
    expect(segmentsOf(outcome, 'shared-computed')).toEqual([]);
    apart = compared('apart');
    expect(Object.keys(apart).filter((name) => name.endsWith('series/run.parquet'))).toHaveLength(3);
    expect(Object.keys(apart).filter((name) => name.includes('/checkpoints/'))).toHaveLength(2 + 3 + 3); // the newest three at the most
  });

  it('begin together: each segment of the beginning is computed once, and all files are the same', async () => {
    const outcome = await sweep('ends', 'quiet').ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/3 cases have one beginning in common: .* saves 8,\d00 of their/);
    const shared = segmentsOf(outcome, 'shared-computed');
    expect(shared).toEqual(upTo(shared.length - 1));
    expect(events(outcome, 'shared-computed').at(-1)!.steps).toBeGreaterThan(4000);
    expect(Math.min(...segmentsOf(outcome, 'segment-computed'))).toBeGreaterThan(4);
    expect(compared('quiet')).toEqual(apart);
  });

  it('go on after a kill in the middle of the beginning from its last segment', async () => {
    const kill = { at: 'step', what: 'node', segment: 2, step: 450 } as const;
    const killed = await sweep('ends', 'killed', { kill }).ended;
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    expect(segmentsOf(killed, 'shared-computed')).toEqual([0, 1]);
    const outcome = await sweep('ends', 'killed').ended;
    expect(outcome).toMatchObject({ code: 0 });
    const shared = segmentsOf(outcome, 'shared-computed');
    expect(shared).toEqual(upTo(shared.length + 1).slice(2));
    expect(segmentsOf(outcome, 'segment-computed')).not.toContain(0);
    expect(compared('killed')).toEqual(apart);
  });

  it('that are cancelled in it go on from where it was', async () => {
    const running = await held('cancelled');
    const cancelled = await marsdisk(home, ['cancel', batchIn('cancelled')]);
    expect(cancelled).toMatchObject({ code: 0 });
    expect((await running.ended).code).not.toBe(0);
    const outcome = await sweep('ends', 'cancelled').ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(segmentsOf(outcome, 'shared-started')).toEqual([]);
    expect(segmentsOf(outcome, 'segment-computed').filter((segment) => segment < 2)).toEqual([]);
    expect(compared('cancelled')).toMatchObject(apart);
    const more = Object.keys(compared('cancelled')).filter((name) => !(name in apart));
    expect(more).toEqual([expect.stringMatching(/^t_end_years3\/checkpoints\/ckpt_00000120\d_/)]); // where it was cancelled
  });

  it('that are paused in it hold there, and go on to the same files', async () => {
    const running = await held('paused');
    const batch = batchIn('paused');
    const paused = await marsdisk(home, ['pause', batch]);
    expect(paused).toMatchObject({ code: 0 });
    await running.said(/^event shared-computed \{"segment":1,/m); // ends at its next step
    const status = JSON.parse((await marsdisk(home, ['status', batch, '--json'])).stdout);
    expect(status).toMatchObject({ state: 'paused', counts: { pending: 3 } });
    expect(await marsdisk(home, ['resume', batch])).toMatchObject({ code: 0 });
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 0 });
    const shared = events(outcome, 'shared-computed');
    expect(shared.map(({ segment }) => segment)).toEqual(upTo(shared.length - 1));
    expect(shared[1]!.steps).toBeLessThan(1300); // of 1800
    expect(compared('paused')).toEqual(apart);
  });

  it('that are paused in it when the sweep waits to hand over, go on where they are, and then in a fresh history', async () => {
    const running = await held('lone', 'lone', {
      MARSDISK_TEST_SWEEP_POLICY: '{"continueAsNewAfterCases":1}',
    });
    const batch = batchIn('lone');
    const id = idIn(batch, null);
    const current = () =>
      withClient(async (client) => (await client.workflow.getHandle(id).describe()).runId);
    const first = await current();
    await eventually('the end of the lone case', async () => {
      const { counts } = await withClient((client) =>
        client.workflow.getHandle(id).query<SweepProgress>('books'),
      );
      return counts.complete === 1 ? counts : null;
    });
    expect(await marsdisk(home, ['pause', batch])).toMatchObject({ code: 0 });
    await running.said(/^event shared-computed \{"segment":1,/m);
    expect(await current()).toBe(first);
    expect(await marsdisk(home, ['resume', batch])).toMatchObject({ code: 0 });
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(await current()).not.toBe(first);
    const shared = segmentsOf(outcome, 'shared-computed');
    expect(shared).toEqual(upTo(shared.length - 1));
    expect(compared('lone')).toMatchObject(apart);
  });

  it('begin again when the sweep is terminated in the middle of the beginning', async () => {
    const running = await held('terminated');
    const id = idIn(batchIn('terminated'), null);
    await withClient((client) => client.workflow.getHandle(id).terminate('by a test'));
    const terminated = await running.ended;
    expect(terminated.code).not.toBe(0);
    expect(terminated.stderr).toMatch(/the sweep ended: by a test/);
    const outcome = await sweep('ends', 'terminated').ended;
    expect(outcome).toMatchObject({ code: 0 });
    const shared = segmentsOf(outcome, 'shared-computed');
    expect(shared).toEqual(upTo(shared.length - 1));
    expect(compared('terminated')).toEqual(apart);
  });

  it('begin again when the server has lost all that it knew of the beginning', async () => {
    const kill = { at: 'shared-computed', what: 'all', count: 3 } as const;
    const own = path.join(folder, 'home-forgotten');
    await sweepAt(own, 'ends', 'forgotten', { kill }).ended;
    fs.rmSync(own, { recursive: true });
    expect(await sweepAt(own, 'ends', 'forgotten').ended).toMatchObject({ code: 0 });
    expect(compared('forgotten')).toEqual(apart);
  });
});

it('cases whose stops act late share what is before, with the same files', async () => {
  expect(await sweep('stops', 'stopsApart', {}, '--no-share').ended).toMatchObject({ code: 0 });
  const outcome = await sweep('stops', 'stops').ended;
  expect(outcome).toMatchObject({ code: 0 });
  expect(segmentsOf(outcome, 'shared-computed').length).toBeGreaterThan(4);
  expect(segmentsOf(outcome, 'segment-computed')).not.toContain(0);
  expect(compared('stops')).toEqual(compared('stopsApart'));
});

it('a beginning that fails leaves each case to fail by itself', async () => {
  const outcome = await sweep('fails', 'fails').ended;
  expect(outcome).toMatchObject({ code: 3 });
  expect(segmentsOf(outcome, 'shared-computed')).toEqual([0, 1]);
  expect(segmentsOf(outcome, 'segment-computed').sort()).toEqual([0, 0, 1, 1]);
  expect(outcome.stdout).toMatch(/2 .*max_steps/s);
});
