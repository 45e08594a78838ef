import fs from 'node:fs';
import { jest } from '@jest/globals';
import { readOrCreateRunId, readRunId } from '../../src/store/runId.js';
import { compileStore } from './compiledStore.js';
import { freshLayout } from './sample.js';

afterEach(() => jest.restoreAllMocks());

test('the first caller names the run, later callers get the same name', () => {
  const layout = freshLayout();
  expect(readRunId(layout)).toBeNull();
  const id = readOrCreateRunId(layout, 'quickstart');
  expect(id).toMatch(/^quickstart-[a-z2-7]{10}$/);
  expect(readOrCreateRunId(layout, 'another title')).toBe(id);
  expect(readRunId(layout)).toBe(id);
  expect(readOrCreateRunId(freshLayout(), 'quickstart')).not.toBe(id);
});

test('the loser of a race gets the name of the winner', () => {
  const layout = freshLayout();
  const { linkSync } = fs;
  jest.spyOn(fs, 'linkSync').mockImplementationOnce((from, to) => {
    fs.writeFileSync(layout.runId, 'winner-abcdefghij\n');
    linkSync(from, to);
  });
  expect(readOrCreateRunId(layout, 'loser')).toBe('winner-abcdefghij');
  expect(fs.readdirSync(layout.outdir)).toEqual(['run_id']);
});

test('titles become safe names', () => {
  expect(readOrCreateRunId(freshLayout(), 'my disk/50% ü')).toMatch(/^my-disk-50-+[a-z2-7]{10}$/);
  expect(readOrCreateRunId(freshLayout(), '')).toMatch(/^run-/);
});

test('a damaged file is not taken for a name', () => {
  const layout = freshLayout();
  fs.writeFileSync(layout.runId, '');
  expect(() => readOrCreateRunId(layout, 'x')).toThrow(/run_id: holds "" instead of a run id/);
});

/** Waits for a common moment, then asks for the run's id. */
const racing = `
const [outdir, moment] = process.argv.slice(2);
const { layoutOf } = await import('./src/store/layout.js');
const { readOrCreateRunId } = await import('./src/store/runId.js');
while (Date.now() < Number(moment));
process.stdout.write(readOrCreateRunId(layoutOf(outdir), 'race'));
`;

test('processes that race for the name get the same one', async () => {
  const store = compileStore([]);
  try {
    const { outdir, runId } = freshLayout();
    const moment = String(Date.now() + 1500);
    const answers = await Promise.all(Array.from({ length: 4 }, () => store.run(racing, [outdir, moment])));
    expect(new Set(answers.map((answer) => `${answer.output}\n`))).toEqual(
      new Set([fs.readFileSync(runId, 'utf8')]),
    );
  } finally {
    store.remove();
  }
});
