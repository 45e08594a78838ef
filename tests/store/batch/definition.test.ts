import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadRunSpec } from '../../../src/config/load.js';
import { placedIn } from '../../../src/config/sweep/placed.js';
import { type SweepSpec, unplaced } from '../../../src/config/sweep/sweepSpec.js';
import { batchLayout } from '../../../src/store/batch/batchLayout.js';
import { changesBetween, withChanges } from '../../../src/store/batch/changes.js';
import { readDefinition, specOfCase, writeDefinition } from '../../../src/store/batch/definition.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-definition-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('changes between two JSON values', () => {
  it.each([
    [
      { a: 1, b: { c: [1, 2], d: 'x' } },
      { a: 1, b: { c: [1, 3], d: 'x' } },
    ],
    [{ a: 1, b: { c: 2 } }, { b: { c: 2, e: { f: null } } }],
    [{ a: { b: 1 } }, { a: 3 }],
    [{ a: 3 }, { a: { b: 1 } }],
    [{ a: null }, { a: { b: 1 } }],
    [{}, {}],
  ])('make the second of the first: %j, %j', (before, after) => {
    const changes = JSON.parse(JSON.stringify(changesBetween(before, after)));
    expect(withChanges(before, changes)).toEqual(after);
  });
});

it('the definition of a batch gives back every case, in the folder of the batch', async () => {
  const specs = await Promise.all(
    ['dynamics.i0=0.05', 'dynamics.i0=0.01', 'supply.enabled=false'].map((override, i) =>
      loadRunSpec({
        file: 'configs/quickstart.yml',
        overrides: [override],
        outdir: path.join(unplaced, `case${i}`),
      }),
    ),
  );
  const sweep: SweepSpec = {
    tag: 'three',
    root: folder,
    identity: 'abc',
    seed: 7,
    cases: specs.map((spec, index) => ({ index, title: `case${index}`, values: {}, seed: index, spec })),
    duplicates: [],
    jobs: null,
    hooks: { afterCase: null, afterBatch: null },
    warnings: [],
  };
  const layout = batchLayout(path.join(folder, 'batch'));
  writeDefinition(layout, sweep);
  expect(() => writeDefinition(layout, sweep)).toThrow(/EEXIST/);
  const definition = readDefinition(layout)!;
  for (const [index, spec] of specs.entries()) {
    const title = `case${index}`;
    const expected = { ...placedIn(spec, path.join(layout.folder, title)), title };
    expect(specOfCase(definition, index, layout)).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(expected.checkpoints.folder).toBe(path.join(layout.folder, `case${index}`, 'checkpoints'));
  }
  expect(fs.statSync(layout.definition).size).toBeLessThan(1.1 * JSON.stringify(specs[0]).length);
});
