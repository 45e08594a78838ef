import fs from 'node:fs';
import { sweepTemporary } from '../../src/store/temporary.js';
import { type CompiledStore, compileStore } from './compiledStore.js';
import { freshLayout } from './sample.js';
import { results, wholeLife, wrongFile } from './wholeLife.js';

/** A whole life that kills its own process at write number N, after half of the bytes. */
const script = `
import fs from 'node:fs';
const [outdir, fatal] = process.argv.slice(2);
const write = fs.writeSync;
let writes = 0;
fs.writeSync = (fd, bytes, at, count) => {
  writes++;
  if (writes === Number(fatal)) {
    write(fd, bytes, at, count >> 1);
    process.kill(process.pid, 'SIGKILL');
  }
  return write(fd, bytes, at, count);
};
const { layoutOf } = await import('./src/store/layout.js');
const { wholeLife } = await import('./tests/store/wholeLife.js');
await wholeLife(layoutOf(outdir));
process.stdout.write(String(writes));
`;

let store: CompiledStore;
beforeAll(() => {
  store = compileStore(['sample.ts', 'wholeLife.ts']);
});
afterAll(() => store.remove());

test('SIGKILL at any write leaves no wrong file, and the next process ends the same', async () => {
  const quiet = freshLayout();
  const writes = Number((await store.run(script, [quiet.outdir, '0'])).output);
  expect(writes).toBeGreaterThan(8);
  const finished = results(quiet);

  const killAt = async (fatal: number) => {
    const layout = freshLayout();
    const ended = await store.run(script, [layout.outdir, String(fatal)]);
    expect(ended).toEqual({ signal: 'SIGKILL', output: '' });
    expect({ fatal, wrong: wrongFile(layout, finished) }).toEqual({ fatal, wrong: null });
    const folders = [
      layout.outdir,
      layout.series,
      layout.checks,
      layout.parts,
      layout.manifests,
      layout.specs,
    ];
    expect(folders.flatMap((folder) => sweepTemporary(folder))).toHaveLength(1);
    await wholeLife(layout);
    expect({ fatal, finished: results(layout) }).toEqual({ fatal, finished });
    fs.rmSync(layout.outdir, { recursive: true });
  };
  for (let fatal = 1; fatal <= writes; fatal += 2) {
    await Promise.all([killAt(fatal), ...(fatal < writes ? [killAt(fatal + 1)] : [])]);
  }
});
