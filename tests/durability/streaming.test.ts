/** io.streaming.*: how rows travel from a segment to the series. None of it changes a byte of the series. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadRunSpec } from '../../src/config/load.js';
import { modelOf } from '../../src/sim/models.js';
import { rowBytes } from '../../src/store/columns.js';
import { comparedFiles, marsdisk } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const outdirOf = (name: string) => path.join(folder, name);
let quiet: Record<string, string>;

function run(name: string, ...values: string[]) {
  const args = ['run', 'configs/quickstart.yml', 'io.figures=false', ...values, '--outdir', outdirOf(name)];
  return marsdisk(home, args, { environment: { MARSDISK_TEST_TRACE: '1' } });
}

const partsOf = (name: string) =>
  readdirSync(path.join(outdirOf(name), 'series/parts')).filter((file) => file.endsWith('.part'));

beforeAll(async () => {
  expect(await run('quiet')).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdirOf('quiet'));
});

describe('merge_at_end: false', () => {
  it('ends with verified parts, says so again, and is merged by the same command with true', async () => {
    const apart = await run('apart', 'io.streaming.merge_at_end=false');
    expect(apart).toMatchObject({ code: 0 });
    expect(apart.stdout).toMatch(/stay in verified parts[\s\S]*io\.streaming\.merge_at_end=true/);
    expect(partsOf('apart').length).toBeGreaterThan(5);
    expect(existsSync(path.join(outdirOf('apart'), 'series/run.parquet'))).toBe(false);
    expect(existsSync(path.join(outdirOf('apart'), 'summary.json'))).toBe(false);

    const again = await run('apart', 'io.streaming.merge_at_end=false');
    expect(again).toMatchObject({ code: 0, stdout: apart.stdout });
    expect(again.stderr).not.toMatch(/event segment-started/);

    const merged = await run('apart', 'io.streaming.merge_at_end=true', '--json');
    expect(merged).toMatchObject({ code: 0 });
    expect(merged.stderr).toMatch(/to merge its parts/);
    expect(merged.stderr).not.toMatch(/event segment-started/);
    expect(JSON.parse(merged.stdout).summary.execution).toMatchObject({ restartCount: 0 });
    expect(comparedFiles(outdirOf('apart'))).toEqual(quiet);
    expect(existsSync(path.join(outdirOf('apart'), 'series/parts'))).toBe(false);
  });
});

describe('cleanup_chunks: false', () => {
  it('keeps the parts behind a verified merge', async () => {
    expect(await run('kept', 'io.streaming.cleanup_chunks=false')).toMatchObject({ code: 0 });
    expect(partsOf('kept').length).toBeGreaterThan(5);
    expect(comparedFiles(outdirOf('kept'))).toEqual(quiet);
    const again = await run('kept', 'io.streaming.cleanup_chunks=false');
    expect(again.stderr).toMatch(/already complete/);
  });
});

/** Rows of all tables together that go into so many bytes. */
async function rowsIn(bytes: number): Promise<number> {
  const { model, params } = modelOf(await loadRunSpec({ file: 'configs/quickstart.yml' }));
  const row = model.tables(params).reduce((sum, table) => sum + rowBytes(table), 0);
  return Math.floor(bytes / row);
}

describe('the rows that wait for their part', () => {
  it.each([
    ['by number', 'io.streaming.step_flush_interval=10', 10],
    ['by memory', 'io.streaming.memory_limit_gb=1e-5', null],
  ])('are bounded %s, and the series is the same', async (name, value, rows) => {
    const outcome = await run(name, value);
    expect(outcome).toMatchObject({ code: 0 });
    const [, computed] = /^event segment-computed (.*)$/m.exec(outcome.stderr)!;
    expect(JSON.parse(computed!).parts[0]).toMatchObject({
      batchRows: rows ?? (await rowsIn(1e-5 * 2 ** 30)),
    });
    expect(comparedFiles(outdirOf(name))).toEqual(quiet);
  });

  it('count when a run is admitted', async () => {
    const outcome = await run(
      'refused',
      'io.streaming.step_flush_interval=100000000',
      'io.streaming.memory_limit_gb=8',
    );
    expect(outcome).toMatchObject({ code: 2 });
    expect(outcome.stderr).toMatch(/io\.streaming\.step_flush_interval/);
  });
});
