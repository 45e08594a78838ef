/** A moved or copied folder keeps the id of a run that writes elsewhere: no command may let that go unnoticed. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, marsdisk } from './command.js';
import { scratch } from './folders.js';

let server: ServerInUse; // in use all the time, so that no command has to start it
afterAll(() => server.release()); // before its folder goes
const folder = scratch();
const home = path.join(folder, 'home');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const quiet = path.join(folder, 'quiet');

beforeAll(async () => {
  server = await useServer({ home, onMessage: () => {} });
  expect(await marsdisk(home, [...run, '--outdir', quiet])).toMatchObject({ code: 0 });
});

/** A run that was killed on its way. */
async function unfinished(name: string): Promise<string> {
  const outdir = path.join(folder, name);
  const kill = { at: 'segment-computed', segment: 3, what: 'node' } as const;
  expect(await marsdisk(home, [...run, '--outdir', outdir], { kill })).toMatchObject({ signal: 'SIGKILL' });
  return outdir;
}

function filesIn(outdir: string): Record<string, string> {
  const names = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => fs.statSync(path.join(outdir, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, fs.readFileSync(path.join(outdir, name)).toString('base64')]),
  );
}

/** The command that a refusal offers. */
function offered(stderr: string): string[] {
  return /^ {2}marsdisk (.*)$/m.exec(stderr)![1]!.split(' ');
}

describe('a copy of an unfinished run', () => {
  it('is refused, becomes a run of its own on request, and leaves the original alone', async () => {
    const original = await unfinished('original');
    const copy = path.join(folder, 'copy');
    const other = path.join(folder, 'other');
    for (const to of [copy, other]) fs.cpSync(original, to, { recursive: true });
    const before = filesIn(original);

    const refused = await marsdisk(home, [...run, '--outdir', copy]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /copy is a copy of \S+original, into which its run \S+ writes[\s\S]*--restart/,
    );
    for (const verb of ['status', 'cancel']) {
      const outcome = await marsdisk(home, [verb, copy]);
      expect(outcome).toMatchObject({ code: 2, stdout: '' });
      expect(outcome.stderr).toContain(`Name ${original}`);
    }

    const own = await marsdisk(home, offered(refused.stderr));
    expect(own).toMatchObject({ code: 0 });
    expect(own.stderr).toMatch(/becomes a run of its own[\s\S]*with every row before it/);
    expect(comparedFiles(copy)).toEqual(comparedFiles(quiet));

    const again = await marsdisk(home, [...run, '--outdir', other, '--restart']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/goes on: it writes into \S+original/);
    expect(filesIn(original)).toEqual(before);
    const link = path.join(folder, 'link');
    fs.symlinkSync(original, link);
    const outcome = await marsdisk(home, [...run, '--outdir', link]); // another name for the same folder
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/going on with/);
    expect(comparedFiles(original)).toEqual(comparedFiles(quiet));
  });
});

describe('a moved run', () => {
  it.each(['where it was', 'as a run of its own'])(
    'is refused while it is unfinished, and goes on %s',
    async (how) => {
      const outdir = await unfinished(how.replaceAll(' ', '-'));
      const moved = `${outdir}-moved`;
      fs.renameSync(outdir, moved);
      const refused = await marsdisk(home, [...run, '--outdir', moved]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(/has been moved here from[\s\S]*Move it back/);
      expect(fs.existsSync(outdir)).toBe(false);
      const back = how === 'where it was';
      if (back) fs.renameSync(moved, outdir);
      const goOn = back ? [...run, '--outdir', outdir] : offered(refused.stderr);
      expect(await marsdisk(home, goOn)).toMatchObject({ code: 0 });
      expect(fs.existsSync(back ? moved : outdir)).toBe(false);
      expect(comparedFiles(back ? outdir : moved)).toEqual(comparedFiles(quiet));
    },
  );

  it('answers from its summary when it is complete, without a server', async () => {
    const moved = path.join(folder, 'complete');
    const unused = path.join(folder, 'unused');
    fs.cpSync(quiet, moved, { recursive: true });
    for (const command of [
      [...run, '--outdir', moved],
      ['status', moved],
    ]) {
      const outcome = await marsdisk(unused, command);
      expect(outcome).toMatchObject({ code: 0 });
      expect(outcome.stdout).toMatch(/planned end/);
    }
    expect(fs.existsSync(unused)).toBe(false);
  });
});
