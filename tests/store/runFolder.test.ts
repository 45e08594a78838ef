import fs from 'node:fs';
import { loadRunSpec } from '../../src/config/load.js';
import { modelOf } from '../../src/sim/models.js';
import { RunFolders } from '../../src/store/runFolder.js';
import { publishSpec } from '../../src/store/specs.js';
import { freshLayout } from './sample.js';

async function published() {
  const layout = freshLayout();
  const spec = await loadRunSpec({ file: 'configs/quickstart.yml', overrides: ['sizes.n_bins=8'] });
  return { layout, hash: publishSpec(layout, spec).sha256, params: modelOf(spec).params };
}

test('the same run keeps its folder, so that nothing that hangs on it is made twice', async () => {
  const { layout, hash, params } = await published();
  const folders = new RunFolders(1);
  const first = folders.read(layout.outdir, hash)!;
  expect(first.params).toEqual(params);
  expect(folders.read(layout.outdir, hash)).toBe(first);
});

test('no more runs are kept than asked for, those that were read last', async () => {
  const [one, two, three] = [await published(), await published(), await published()];
  const folders = new RunFolders(2);
  const read = ({ layout, hash }: typeof one) => folders.read(layout.outdir, hash)!;
  const [first, second] = [read(one), read(two)];
  expect(read(one)).toBe(first);
  read(three);
  expect(read(one)).toBe(first);
  expect(read(two)).not.toBe(second);
});

test('a specification that has gone since is not there, and is read again when it is back', async () => {
  const { layout, hash, params } = await published();
  const folders = new RunFolders(1);
  folders.read(layout.outdir, hash);
  fs.rmSync(layout.specs, { recursive: true });
  expect(folders.read(layout.outdir, hash)).toBeNull();
  const spec = await loadRunSpec({ file: 'configs/quickstart.yml', overrides: ['sizes.n_bins=8'] });
  publishSpec(layout, spec);
  expect(folders.read(layout.outdir, hash)!.params).toEqual(params);
});
