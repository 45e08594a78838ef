/** A finished batch loses files in every way; the check names each, the command that it prints brings them back, and nothing else is computed. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { marsdisk } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();
const home = path.join(folder, 'home');
const out = path.join(folder, 'out');
const environment = { MARSDISK_TEST_TRACE: '1' };
const file = path.join(folder, 'four.yml');
/** A figure takes a second of computing: one shows it. */
const figured = 'per_case: [{where: {T: 3000, i0: 0.05}, set: {io.figures: true}}]\n';
let batch: string;
let whole: Record<string, string>;
let titles: string[];

beforeAll(async () => {
  const base = path.resolve('configs/quickstart.yml');
  const overrides = '{numerics.t_end_years: 1e-4, sizes.n_bins: 12, execution.segment_max_steps: 20}';
  fs.writeFileSync(
    file,
    `base: ${base}\noverrides: ${overrides}\naxes:\n  T: [4000, 3000]\n  i0: [0.05, 0.01]\n${figured}`,
  );
  const outcome = await marsdisk(home, ['sweep', file, '--outdir', out], { environment });
  expect(outcome).toMatchObject({ code: 0 });
  const tag = path.join(out, 'four');
  batch = path.join(tag, fs.readdirSync(tag).find((name) => name.includes('__seed'))!);
  titles = fs.readdirSync(batch).filter((name) => name.startsWith('T'));
  whole = filesOf();
  expect(titles).toHaveLength(4);
});

/** Contents of the files of all cases. */
function filesOf(): Record<string, string> {
  const names = titles.flatMap((title) =>
    fs
      .readdirSync(path.join(batch, title), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(title, name))
      .filter((name) => fs.statSync(path.join(batch, name)).isFile()),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, fs.readFileSync(path.join(batch, name), 'latin1')]),
  );
}

function events(stderr: string, name: string): number {
  return [...stderr.matchAll(new RegExp(`^event ${name} `, 'gm'))].length;
}

/** Words of the command that a check proposes. */
function proposed(stdout: string): string[] {
  return /^ {2}marsdisk (.*)$/m.exec(stdout)![1]!.split(' ');
}

async function mends(damage: Readonly<Record<string, () => void>>) {
  const before = new Map(Object.keys(whole).map((name) => [name, fs.statSync(path.join(batch, name))]));
  for (const act of Object.values(damage)) act();
  const checked = await marsdisk(home, ['check', batch]);
  const outcome = await marsdisk(home, proposed(checked.stdout), { environment });
  expect(outcome).toMatchObject({ code: 0 });
  expect(filesOf()).toEqual(whole);
  const touched = Object.keys(whole).filter((name) => {
    const { ino, mtimeMs } = fs.statSync(path.join(batch, name));
    return ino !== before.get(name)!.ino || mtimeMs !== before.get(name)!.mtimeMs;
  });
  expect(touched).toEqual(Object.keys(damage).sort());
  expect(events(outcome.stderr, 'segment-computed')).toBe(0);
  return { checked, recomputed: events(outcome.stderr, 'segment-recomputed') };
}

const at = (name: string) => path.join(batch, name);

describe('files of a finished batch', () => {
  it('that are missing come back: one series is computed again, one summary is not', async () => {
    const series = path.join(titles[0]!, 'series/run.parquet');
    const summary = path.join(titles[2]!, 'summary.json');
    const { checked, recomputed } = await mends({
      [series]: () => fs.rmSync(at(series)),
      [summary]: () => fs.rmSync(at(summary)),
    });
    expect(checked).toMatchObject({ code: 3 });
    expect(checked.stdout).toContain(`${titles[0]}  partial        missing: series/run.parquet\n`);
    expect(checked.stdout).toContain(`${titles[2]}  partial        missing: summary.json\n`);
    expect(proposed(checked.stdout)).toContain('missing');
    expect(recomputed).toBe(segmentsOf(titles[0]!));
  });

  it('that are cut off, changed in one byte, of another case or missing come back with one command', async () => {
    const [a, b, c, d] = titles as [string, string, string, string];
    const cut = path.join(a, 'series/psd_hist.parquet');
    const flipped = path.join(b, 'checks/mass_budget.csv');
    const foreign = path.join(c, 'run_config.json');
    const gone = path.join(d, 'checks/merged.json');
    const { checked, recomputed } = await mends({
      [cut]: () => fs.truncateSync(at(cut), 1000),
      [flipped]: () => {
        const bytes = fs.readFileSync(at(flipped));
        bytes[777]! ^= 4;
        fs.writeFileSync(at(flipped), bytes);
      },
      [foreign]: () => fs.copyFileSync(at(path.join(d, 'run_config.json')), at(foreign)),
      [gone]: () => fs.rmSync(at(gone)),
    });
    expect(checked).toMatchObject({ code: 5 });
    expect(checked.stdout).toMatch(/psd_hist\.parquet has 1000 bytes, recorded were \d+/);
    expect(checked.stdout).toMatch(/mass_budget\.csv has changed/);
    expect(checked.stdout).toMatch(/run_config\.json is of another run/);
    expect(recomputed).toBe(segmentsOf(a) + segmentsOf(b));
  });
});

it('a figure that is missing is drawn again, byte for byte, and a summary is written anew, by the commands that the check names', async () => {
  const figure = path.join('T3000_i00p05', 'plots/overview.png');
  const { checked, recomputed } = await mends({ [figure]: () => fs.rmSync(at(figure)) });
  expect(checked).toMatchObject({ code: 3 });
  expect(checked.stdout).toContain(`T3000_i00p05  partial        missing: plots/overview.png\n`);
  expect(recomputed).toBe(0);

  const summary = fs.readFileSync(at('summary.parquet'), 'latin1');
  fs.truncateSync(at('summary.parquet'), 500);
  const stale = await marsdisk(home, ['check', batch]);
  expect(stale).toMatchObject({ code: 5 });
  expect(stale.stdout).toContain('summary.parquet is not what the cases say\n');
  expect(proposed(stale.stdout)[0]).toBe('summarize');
  expect(await marsdisk(home, proposed(stale.stdout))).toMatchObject({ code: 0 });
  expect(fs.readFileSync(at('summary.parquet'), 'latin1')).toBe(summary);
  fs.rmSync(at('summary.parquet'));
  expect(await marsdisk(home, ['check', batch, '--mend'])).toMatchObject({ code: 0 });
  expect(fs.readFileSync(at('summary.parquet'), 'latin1')).toBe(summary);
});

it('the check that a sweep runs at its end has left its files', () => {
  const csv = fs.readFileSync(path.join(batch, 'checks/sweep_completeness.csv'), 'utf8');
  expect(csv.split('\n').filter((line) => line.endsWith(',ok'))).toHaveLength(4);
});

function segmentsOf(title: string): number {
  return JSON.parse(whole[path.join(title, 'checks/segments.json')]!).stretches.length;
}
