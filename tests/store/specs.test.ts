import fs from 'node:fs';
import path from 'node:path';
import type { RunSpec } from '../../src/config/runSpec.js';
import { publishSpec, readSpec } from '../../src/store/specs.js';
import { freshLayout } from './sample.js';

const spec: RunSpec = {
  title: 'quickstart',
  model: 'mars-disk',
  params: { bins: 40, rho: 3270.5 },
  identity: 'a'.repeat(64),
  segments: { interval: 1e6, maxSteps: null, maxCompute: 60, minCompute: null, runSteps: 1e7 },
  checkpoints: { enabled: false, folder: '/somewhere/checkpoints', format: 'binary', keepLast: 3 },
  resume: { enabled: false, from: null },
  streaming: { memoryLimit: null, flushRows: null, merge: true, removeParts: true },
  archive: null,
  memoryLimit: 2 ** 31,
  outdir: '/somewhere',
  figures: true,
  configuration: { io: { outdir: 'out' } },
  origins: { 'io.outdir': 'file' },
  inputs: [],
  warnings: [],
};

test('a specification is found by its hash, on every call the same', () => {
  const layout = freshLayout();
  const ref = publishSpec(layout, spec);
  expect(publishSpec(layout, { ...spec })).toEqual(ref);
  expect(publishSpec(layout, { ...spec, title: 'other' }).sha256).not.toBe(ref.sha256);
  expect(readSpec(layout, ref.sha256)).toEqual(spec);
  expect(fs.existsSync(path.join(layout.outdir, ref.file))).toBe(true);
});

test('null if absent, DamagedData if changed, healed by publishing again', () => {
  const layout = freshLayout();
  expect(readSpec(layout, 'b'.repeat(64))).toBeNull();
  const { file, sha256 } = publishSpec(layout, spec);
  fs.appendFileSync(path.join(layout.outdir, file), ' ');
  expect(() => readSpec(layout, sha256)).toThrow(/has changed: its SHA-256/);
  publishSpec(layout, spec);
  expect(readSpec(layout, sha256)).toEqual(spec);
});
