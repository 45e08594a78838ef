/** What the same command does over what it finds: the table of design.md section 6. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { partsOf } from '../../bin/processLock.mjs';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const quick = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
/** Still on its way whenever a test acts on it, without computing meanwhile: the thread waits until its segment is ended. */
const held: Kill = { at: 'step', segment: 1, step: 20, what: 'hold' };

const quiet = path.join(folder, 'quiet');
let files: Record<string, string>;

function serverOf(homeFolder: string) {
  return JSON.parse(fs.readFileSync(path.join(homeFolder, 'server.json'), 'utf8'));
}

async function withClient<T>(homeFolder: string, act: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: `127.0.0.1:${serverOf(homeFolder).port}` });
  try {
    return await act(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

beforeAll(async () => {
  expect(await marsdisk(home, [...quick, '--outdir', quiet])).toMatchObject({ code: 0 });
  files = comparedFiles(quiet);
});

describe('over a finished run', () => {
  it('answers from the verified summary without a server', async () => {
    const before = fs.statSync(path.join(quiet, 'summary.json')).mtimeMs;
    const elsewhere = path.join(folder, 'home-unused');
    const outcome = await marsdisk(elsewhere, [...quick, '--outdir', quiet, '--json']);
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout).summary.status.done).toBe(true);
    expect(fs.existsSync(elsewhere)).toBe(false);
    expect(fs.statSync(path.join(quiet, 'summary.json')).mtimeMs).toBe(before);
  });

  it('refuses another identity in the same folder and lists the differences', async () => {
    const outcome = await marsdisk(home, [...quick, 'material.rho=3000', '--outdir', quiet]);
    expect(outcome).toMatchObject({ code: 2 });
    expect(outcome.stderr).toMatch(/material\.rho: 3270 there, 3000 here/);
    expect(comparedFiles(quiet)).toEqual(files);
  });

  it('warns even when --quiet silences progress', async () => {
    const outcome = await marsdisk(home, [
      ...quick,
      'dynamics.t_damp_orbits=5',
      '--quiet',
      '--outdir',
      quiet,
    ]);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/^warning: .*t_damp_orbits.*\n$/);
  });

  it('does not mind settings that change no row', async () => {
    const outcome = await marsdisk(home, [...quick, 'execution.segment_max_steps=7', '--outdir', quiet]);
    expect(outcome).toMatchObject({ code: 0 });
  });

  it('says where the summary may be when the server calls a run complete of which nothing is here', async () => {
    const outdir = path.join(folder, 'no-summary');
    fs.mkdirSync(outdir);
    fs.copyFileSync(path.join(quiet, 'run_id'), path.join(outdir, 'run_id'));
    const outcome = await marsdisk(home, [...quick, '--outdir', outdir, '--json']);
    expect(outcome).toMatchObject({ code: 5, stdout: '' });
    expect(outcome.stderr).toMatch(/summary\.json is missing[\s\S]*another machine[\s\S]*--restart/);
  });

  it('brings back a lost summary without computing anything', async () => {
    const outdir = path.join(folder, 'lost-summary');
    fs.cpSync(quiet, outdir, { recursive: true });
    const summary = path.join(outdir, 'summary.json');
    const before = fs.readFileSync(summary);
    fs.rmSync(summary);
    const outcome = await marsdisk(home, [...quick, '--outdir', outdir, '--json']);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/brought back summary\.json \(nothing computed/);
    expect(fs.readFileSync(summary)).toEqual(before);
  });

  it('computes a damaged series again, and nothing else; --restart begins again all the same', async () => {
    const outdir = path.join(folder, 'damaged');
    fs.cpSync(quiet, outdir, { recursive: true });
    const series = path.join(outdir, 'series/run.parquet');
    const damage = () => {
      const bytes = fs.readFileSync(series);
      bytes[bytes.length >> 1]! ^= 1;
      fs.writeFileSync(series, bytes);
    };
    damage();
    const status = await marsdisk(home, ['status', outdir]);
    expect(status).toMatchObject({ code: 5, stdout: '' });
    expect(status.stderr).toMatch(/run\.parquet: has changed[\s\S]*check --mend[\s\S]*--restart/);
    const checked = await marsdisk(home, ['check', outdir]);
    expect(checked).toMatchObject({ code: 5 });
    expect(checked.stdout).toMatch(/damaged +series\/run\.parquet has changed/);
    const outcome = await marsdisk(home, [...quick, '--outdir', outdir]);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/brought back series\/run\.parquet \(/);
    expect(comparedFiles(outdir)).toEqual(files);
    damage();
    expect(await marsdisk(home, ['check', '--mend', outdir])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(files);
    damage();
    expect(await marsdisk(home, [...quick, '--outdir', outdir, '--restart'])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(files);
    expect(fs.existsSync(`${outdir}.old-1/series/run.parquet`)).toBe(true);
  });

  it('moves it away for --restart, and says so in the list of all runs', async () => {
    const outdir = path.join(folder, 'twice');
    const args = [...quick, '--outdir', outdir];
    expect(await marsdisk(home, args)).toMatchObject({ code: 0 });
    expect(await marsdisk(home, [...args, '--restart'])).toMatchObject({ code: 0 });
    const all = await marsdisk(home, ['status']);
    expect(all.stdout.match(new RegExp(`its folder was moved; ${outdir} is that of `, 'g'))).toHaveLength(1);
  });
});

describe('over a run on its way', () => {
  it('leaves with 130 at an interrupt after the segment has handed over, and goes on from there', async () => {
    const outdir = path.join(folder, 'interrupted');
    const args = [...quick, 'execution.segment_max_steps=5', '--outdir', outdir];
    const running = start(home, args);
    await running.said(/watch it at/);
    process.kill(running.pid, 'SIGINT');
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 130 });
    expect(outcome.stderr).toMatch(/type the same command/);
    const again = await marsdisk(home, args);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/going on with/);
    expect(comparedFiles(outdir)).toEqual(files);
    const { execution } = JSON.parse(fs.readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
    expect(execution.restarts).toEqual([]); // handed over, not repeated
  });

  it('starts one run when two commands race, and both report its result', async () => {
    const outdir = path.join(folder, 'raced');
    const args = [...quick, '--outdir', outdir];
    const both = await Promise.all([marsdisk(home, args), marsdisk(home, args)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(comparedFiles(outdir)).toEqual(files);
  });

  it('shares one server between runs of different folders', async () => {
    const shared = path.join(folder, 'home-shared');
    const first = start(shared, [...quick, '--outdir', path.join(folder, 'shared-1')], { kill: held });
    await first.said(/held at step/);
    const pid = partsOf(serverOf(shared).identity).pid;
    const second = await marsdisk(shared, [...quick, '--outdir', path.join(folder, 'shared-2')]);
    expect(second).toMatchObject({ code: 0 });
    expect(partsOf(serverOf(shared).identity).pid).toBe(pid);
    expect(comparedFiles(path.join(folder, 'shared-2'))).toEqual(files);
    process.kill(first.pid, 'SIGINT');
    expect(await first.ended).toMatchObject({ code: 130 });
    expect(fs.existsSync(path.join(shared, 'server.json'))).toBe(false); // the last user has stopped it
  });

  it('goes on in a new execution after the workflow was terminated', async () => {
    const outdir = path.join(folder, 'terminated');
    const args = [...quick, 'execution.segment_max_steps=5', '--outdir', outdir];
    const running = start(home, args);
    await running.said(/watch it at/);
    const id = fs.readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
    await withClient(home, (client) => client.workflow.getHandle(id).terminate('by a test'));
    expect(await running.ended).toMatchObject({ code: 1 });
    const again = await marsdisk(home, args);
    expect(again).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(files);
    const { execution } = JSON.parse(fs.readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
    expect(execution.restarts.map((restart: { cause: string }) => restart.cause)).toContain(
      'workflow terminated',
    );
  });

  it('ends the old run at --restart, so that it does not write into the folder of the new one', async () => {
    const outdir = path.join(folder, 'begun-again');
    const old = start(home, [...quick, '--outdir', outdir], { kill: held });
    await old.said(/held at step/);
    expect(await marsdisk(home, [...quick, '--outdir', outdir, '--restart'])).toMatchObject({ code: 0 });
    expect(await old.ended).toMatchObject({ code: 1 });
    expect(comparedFiles(outdir)).toEqual(files);
    expect(fs.existsSync(path.join(outdir, 'series/parts'))).toBe(false);
  });

  it('never goes on with the state of another configuration, even when run_config.json is gone', async () => {
    const outdir = path.join(folder, 'unlabelled');
    const args = [...quick, '--outdir', outdir];
    await marsdisk(home, args, { kill: { at: 'segment-computed', segment: 2, what: 'node' } });
    const id = fs.readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
    await withClient(home, (client) => client.workflow.getHandle(id).terminate('by a test'));
    fs.rmSync(path.join(outdir, 'run_config.json'));
    const other = await marsdisk(home, [...args, 'material.rho=3000']);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toMatch(/another configuration/);
    expect(await marsdisk(home, args)).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(files);
  });

  it("never starts at zero silently when the server's data is gone", async () => {
    const outdir = path.join(folder, 'orphaned');
    const own = path.join(folder, 'home-orphaned');
    const args = [...quick, 'execution.segment_max_steps=20', '--outdir', outdir];
    const killed = await marsdisk(own, args, { kill: { at: 'segment-computed', segment: 5, what: 'all' } });
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    fs.rmSync(own, { recursive: true });
    const again = await marsdisk(own, args);
    expect(again).toMatchObject({ code: 5 });
    expect(again.stderr).toMatch(/does not know/);
  });
});

describe('over what cannot go on by itself', () => {
  it('ends at once with the words of the physics, and is not tried again', async () => {
    const outdir = path.join(folder, 'gives-up');
    const outcome = await marsdisk(home, [...quick, 'numerics.max_steps=100', '--outdir', outdir]);
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/100 steps \(numerics\.max_steps\)/);
  });

  it('writes a specification again that has vanished from the folder', async () => {
    const outdir = path.join(folder, 'no-spec');
    const args = [...quick, '--outdir', outdir];
    await marsdisk(home, args, { kill: { at: 'segment-computed', segment: 2, what: 'node' } });
    fs.rmSync(path.join(outdir, 'series/parts/spec'), { recursive: true });
    expect(await marsdisk(home, args)).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(files);
  });
});

describe('bad usage', () => {
  it.each([
    [['run'], /which configuration/],
    [['run', 'configs/quickstart.yml', 'numerics'], /KEY=VALUE/],
    [['run', 'configs/none.yml'], /no such file/],
    [['run', 'configs/quickstart.yml', 'sizes.n_binz=40'], /n_bins/],
    [['run', 'configs/quickstart.yml', 'sizes.n_bins=6000'], /execution\.memory_limit[\s\S]*n_bins/],
    [['run', 'configs/quickstart.yml', '--nope'], /unknown option/],
    [['flee'], /unknown command/],
  ])('%j ends with exit code 2', async (args, message) => {
    const outcome = await marsdisk(home, args);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });
});
