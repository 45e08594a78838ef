import fs from 'node:fs';
import path from 'node:path';
import { requireConfined } from '../../../src/store/checkpoints/confined.js';
import { drive, freshFolder, specOf } from './driven.js';

test('a folder inside, also one that does not exist yet, is accepted', () => {
  const outdir = freshFolder();
  for (const folder of ['.', 'checkpoints', 'a/b/c', '..dots']) {
    expect(() => requireConfined(outdir, path.join(outdir, folder))).not.toThrow();
  }
  expect(() =>
    requireConfined(path.join(outdir, 'later'), path.join(outdir, 'later/checkpoints')),
  ).not.toThrow();
});

test('an output folder may itself be behind a link', () => {
  const base = freshFolder();
  fs.mkdirSync(path.join(base, 'real'));
  fs.symlinkSync('real', path.join(base, 'link'));
  expect(() => requireConfined(path.join(base, 'link'), path.join(base, 'link/checkpoints'))).not.toThrow();
});

test.each([
  ['out of it', (elsewhere: string) => elsewhere],
  ['to nothing', () => 'nowhere'],
])('a link that leads %s is refused, also on the way', (_, target) => {
  const outdir = freshFolder();
  fs.symlinkSync(target(freshFolder()), path.join(outdir, 'link'));
  for (const folder of ['link', 'link/below/it']) {
    expect(() => requireConfined(outdir, path.join(outdir, folder))).toThrow(
      /leads out of the output folder/,
    );
  }
});

test('a run writes nothing through such a link, and says why', async () => {
  const spec = await specOf('reduced');
  const elsewhere = freshFolder();
  fs.symlinkSync(elsewhere, spec.checkpoints.folder);
  await expect(drive(spec)).rejects.toThrow(/DamagedData: .*leads out of the output folder/);
  expect(fs.readdirSync(elsewhere)).toEqual([]);
});
