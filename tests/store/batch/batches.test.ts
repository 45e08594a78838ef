import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadSweep } from '../../../src/config/sweep/load.js';
import type { SweepSpec } from '../../../src/config/sweep/sweepSpec.js';
import { namedTime, newBatch, newestBatch } from '../../../src/store/batch/batches.js';
import { readDefinition, specOfCase } from '../../../src/store/batch/definition.js';
import { differencesOf } from '../../../src/store/batch/differences.js';
import { expectedListText } from '../../../src/store/batch/expectedList.js';
import { readOriginalList } from '../../../src/store/completeness/originalList.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-batches-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A sweep in a root of its own. */
async function sweepOf(text: string, ...overrides: string[]): Promise<SweepSpec> {
  const file = path.join(folder, `sweep${made++}.yml`);
  fs.writeFileSync(file, `base: ${path.resolve('configs/quickstart.yml')}\ntag: few\n${text}\n`);
  return loadSweep({
    file,
    overrides: ['radiation.Q_pr=1', ...overrides],
    outdir: path.join(folder, `out${made}`),
  });
}

const few = 'axes: {T: [4000, 3000]}';
const moment = Date.UTC(2026, 0, 31, 23, 59, 59);

describe('a new batch', () => {
  it('has its definition and its list before anything can find it, and is the newest one', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000]}\nseed: 9');
    expect(newestBatch(sweep.root, sweep.tag)).toBeNull();
    const { layout, made: own } = newBatch(sweep, { behind: null, commit: 'abc1234', now: moment });
    expect(own).toBe(true);
    expect(layout.folder).toBe(path.join(sweep.root, 'few', '20260131-235959__abc1234__seed9'));
    expect(newestBatch(sweep.root, sweep.tag)).toEqual(layout);
    const definition = readDefinition(layout)!;
    expect(definition.identity).toBe(sweep.identity);
    expect(specOfCase(definition, 1, layout).outdir).toBe(path.join(layout.folder, 'T3000'));
    expect(fs.readFileSync(layout.expectedList, 'utf8')).toBe(expectedListText(sweep));
    expect(fs.readdirSync(path.join(layout.folder, '..', '.batches'))).toEqual(['none.json']);
  });

  it('comes behind the last one in the order of names, whatever the clock says', async () => {
    const sweep = await sweepOf(few);
    const names: string[] = [];
    for (const now of [moment, moment, moment - 5e9, moment + 5000]) {
      const { layout } = newBatch(sweep, { behind: newestBatch(sweep.root, sweep.tag), commit: null, now });
      expect(newestBatch(sweep.root, sweep.tag)).toEqual(layout);
      names.push(path.basename(layout.folder).slice(0, 15));
    }
    expect(names).toEqual(['20260131-235959', '20260201-000000', '20260201-000001', '20260201-000004']);
  });

  it('is one for all that saw the same before, and belongs to the first of them', async () => {
    const [mine, theirs] = [await sweepOf(few), await sweepOf('axes: {T: [2500]}')];
    const request = { behind: null, commit: null };
    const first = newBatch(mine, request);
    const second = newBatch({ ...theirs, root: mine.root }, request);
    expect(second).toEqual({ layout: first.layout, made: false });
    expect(readDefinition(second.layout)!.identity).toBe(mine.identity);
  });

  it('is finished by the next command when its maker dies between claim and place', async () => {
    const sweep = await sweepOf(few);
    const { layout } = newBatch(sweep, { behind: null, commit: null });
    // As it was before the last rename.
    const shop = path.join(layout.folder, '..', '.batches');
    const { built } = JSON.parse(fs.readFileSync(path.join(shop, 'none.json'), 'utf8')) as { built: string };
    fs.renameSync(layout.folder, path.join(shop, built));
    expect(newestBatch(sweep.root, sweep.tag)).toBeNull();
    expect(newBatch(sweep, { behind: null, commit: null })).toEqual({ layout, made: false });
    expect(readDefinition(layout)!.identity).toBe(sweep.identity);
  });

  describe.each([
    ['while it is built', 'linkSync', 1],
    ['before it is claimed', 'linkSync', 2],
    ['between claim and place', 'renameSync', 2],
    ['behind its place', 'rmSync', 3],
  ])('whose maker is killed %s', (_, call, count) => {
    it('is made by the next command, which leaves nothing in the workshop but claims', async () => {
      const sweep = await sweepOf(few);
      const tag = path.join(sweep.root, 'few');
      expect(killedAt(call, count, sweep)).toBe('SIGKILL');
      const { layout } = newBatch(sweep, { behind: null, commit: null });
      expect(readDefinition(layout)!.identity).toBe(sweep.identity);
      expect(fs.readdirSync(tag).sort()).toEqual(['.batches', path.basename(layout.folder)]);
      expect(fs.readdirSync(path.join(tag, '.batches'))).toEqual(['none.json']);
    });
  });

  it('replaces one that somebody removed', async () => {
    const sweep = await sweepOf(few);
    for (let i = 0; i < 3; i++) {
      const { layout, made: own } = newBatch(sweep, { behind: null, commit: null });
      expect(own).toBe(true);
      expect(newestBatch(sweep.root, sweep.tag)).toEqual(layout);
      fs.rmSync(layout.folder, { recursive: true });
    }
  });

  it('has the time that RUN_TS names, and is the one of that time if there is one', async () => {
    const sweep = await sweepOf(few);
    newBatch(sweep, { behind: null, commit: null });
    const time = namedTime({ RUN_TS: ' 20200101-000000 ' })!;
    const behind = newestBatch(sweep.root, sweep.tag);
    const named = newBatch(sweep, { behind, commit: null, time });
    expect(path.basename(named.layout.folder)).toBe('20200101-000000__nogit__seed0');
    expect(newestBatch(sweep.root, sweep.tag, time)).toEqual(named.layout);
    expect(newestBatch(sweep.root, sweep.tag)).toEqual(behind);
    expect(newBatch(sweep, { behind, commit: null, time })).toEqual({ ...named, made: false });
    fs.rmSync(named.layout.folder, { recursive: true });
    expect(newBatch(sweep, { behind, commit: null, time })).toEqual({ ...named, made: true });
    expect(namedTime({})).toBeNull();
    expect(() => namedTime({ RUN_TS: 'today' })).toThrow(
      'RUN_TS=today: expected a time such as 20250131-235959',
    );
  });

  it('gives way to one that came as a copy, and to nothing else', async () => {
    const sweep = await sweepOf(few);
    const time = '20200101-000000';
    const { layout } = newBatch(sweep, { behind: null, commit: null, time });
    fs.rmSync(path.join(layout.folder, '..', '.batches'), { recursive: true });
    expect(newBatch(sweep, { behind: null, commit: null, time })).toEqual({ layout, made: false });
    fs.rmSync(path.join(layout.folder, '..', '.batches'), { recursive: true });
    fs.rmSync(layout.definition);
    expect(() => newBatch(sweep, { behind: null, commit: null, time })).toThrow(
      /is in the way of a new batch/,
    );
  });

  it('is one when several processes race, in every one of many rounds', async () => {
    const sweep = await sweepOf(few);
    const input = path.join(folder, 'sweep.json');
    fs.writeFileSync(input, JSON.stringify(sweep));
    const script = `
      import fs from 'node:fs';
      import { newBatch } from ${JSON.stringify(path.resolve('dist/src/store/batch/batches.js'))};
      const sweep = JSON.parse(fs.readFileSync(${JSON.stringify(input)}, 'utf8'));
      console.log('ready');
      process.stdin.once('data', () => {
        const rounds = [...Array(${rounds}).keys()];
        const made = rounds.map((i) => newBatch({ ...sweep, root: sweep.root + i }, { behind: null, commit: null }));
        console.log(JSON.stringify(made));
        process.exit();
      });`;
    const racers = Array.from({ length: 3 }, () => racer(script));
    for (const { ready } of racers) await ready;
    for (const { go } of racers) go();
    const seen = await Promise.all(racers.map(({ result }) => result));
    for (let round = 0; round < rounds; round++) {
      const all = seen.map((one) => one[round]!);
      expect(new Set(all.map(({ layout }) => layout.folder)).size).toBe(1);
      expect(all.filter(({ made: own }) => own)).toHaveLength(1);
    }
  });
});

/** Makes a batch in a process that kills itself in front of the n-th call of a function of node:fs. @returns the signal that ended it */
function killedAt(call: string, count: number, sweep: SweepSpec): string | null {
  const input = path.join(folder, 'killed.json');
  fs.writeFileSync(input, JSON.stringify(sweep));
  const script = `
    import fs from 'node:fs';
    import { newBatch } from ${JSON.stringify(path.resolve('dist/src/store/batch/batches.js'))};
    const sweep = JSON.parse(fs.readFileSync(${JSON.stringify(input)}, 'utf8'));
    const real = fs.${call};
    let calls = 0;
    fs.${call} = (...args) => {
      calls += 1;
      if (calls === ${count}) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    };
    newBatch(sweep, { behind: null, commit: null });`;
  const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return signal;
}

const rounds = 30;

/** A process that says when it is ready, makes batches when it is told to, and says which. */
function racer(script: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  return {
    ready: once(child.stdout, 'data'),
    go: () => child.stdin.write('go\n'),
    result: once(child, 'close').then(
      () => JSON.parse(text.split('\n')[1]!) as ReturnType<typeof newBatch>[],
    ),
  };
}

describe('the expected list', () => {
  it('is one of the original where the axes are its own, and leads to the same titles there', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000.5], eps: [1, 0.5], tau: [0.3], i0: [0.05]}');
    const lines = expectedListText(sweep).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      `# few: 4 cases, identity ${sweep.identity}`,
      '# T EPS TAU I0 # title=FOLDER [KEY=VALUE ...]',
      '4000 1.0 0.3 0.05 # title=T4000_eps1p0_tau0p3_i00p05',
    ]);
    const { cases, unreadable } = readOriginalList(lines.join('\n'));
    expect(unreadable).toEqual([]);
    expect(cases).toEqual(sweep.cases.map(({ title, values }) => ({ title, values })));
  });

  it('holds the configured values in columns that no axis varies, and the others behind', async () => {
    const sweep = await sweepOf('axes: {mu: [2], sizes.n_bins: [20], numerics.t_end_years: [1 yr]}');
    const text = expectedListText(sweep);
    expect(readOriginalList(text).cases.map(({ title }) => title)).toEqual([sweep.cases[0]!.title]);
    expect(text.split('\n')[2]).toBe(
      '4000 1.0 1.0 0.05 2.0 # title=mu2p0_n_bins20_t_end_years1_yr sizes.n_bins=20 numerics.t_end_years="1 yr"',
    );
  });

  it('can be run again as the list of a sweep', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000], eps: [1, 0.5], tau: [0.3]}');
    const file = path.join(folder, 'again.txt');
    fs.writeFileSync(file, expectedListText(sweep));
    const again = await loadSweep({ file, base: 'configs/quickstart.yml', overrides: ['radiation.Q_pr=1'] });
    expect(again.identity).toBe(sweep.identity);
  });
});

describe('what tells a definition from a sweep', () => {
  const between = async (before: SweepSpec, after: SweepSpec) =>
    differencesOf(readDefinition(newBatch(before, { behind: null, commit: null }).layout)!, after);

  it('is nothing for the same cases', async () => {
    expect(
      await between(await sweepOf(few), await sweepOf(`${few}\njobs: 3`, 'execution.segment_max_steps=9')),
    ).toEqual([]);
  });

  it('is said in words', async () => {
    const before = await sweepOf('axes: {T: [4000, 3000, 2000]}');
    expect(
      await between(before, await sweepOf('axes: {T: [4000, 3000, 2500]}', 'numerics.rtol=1e-5')),
    ).toEqual([
      'T2500 is not in it',
      'T2000 is only in it',
      'T4000 and 1 more cases differ: numerics.rtol: 0.000001 there, 0.00001 wanted',
    ]);
    expect(await between(await sweepOf(few), await sweepOf('axes: {T: [3000, 4000]}'))).toEqual([
      'the same cases stand in another order',
    ]);
  });

  it('is bounded', async () => {
    const lines = await between(
      await sweepOf('axes: {T: [4000]}'),
      await sweepOf('axes: {T: {linspace: [2000, 4000, 100]}}'),
    );
    expect(lines).toHaveLength(11);
    expect(lines[10]).toBe('and 89 more cases are not in it');
  });
});
