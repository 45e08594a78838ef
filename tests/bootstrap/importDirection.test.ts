import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { whyForbidden } from '../../scripts/importDirection.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inSource = (file: string) => path.join(root, 'src', file);
const allowed = (file: string, specifier: string, typeOnly = false) =>
  whyForbidden(inSource(file), specifier, typeOnly) === null;

test('a layer imports itself and those below it', () => {
  expect(allowed('cli/run.ts', '../store/layout.js')).toBe(true);
  expect(allowed('sim/mars/disk.ts', '../model.js')).toBe(true);
  expect(allowed('store/parts.ts', '../report/format.js')).toBe(false);
  expect(allowed('store/parts.ts', '../report/format.js', true)).toBe(false);
  expect(allowed('config/mars/grains.ts', '../../store/layout.js')).toBe(false);
});

test('the model knows neither Node nor Temporal', () => {
  expect(allowed('sim/mars/model.ts', 'zod')).toBe(true);
  for (const specifier of ['node:fs', 'fs', '@temporalio/workflow', '../config/runSpec.js']) {
    expect(allowed('sim/segment.ts', specifier)).toBe(false);
  }
  expect(allowed('store/parts.ts', '@temporalio/client')).toBe(false);
});

test('workflows take types only; activities share their messages', () => {
  expect(allowed('workflows/run.ts', '../activities/contract.js', true)).toBe(true);
  expect(allowed('workflows/run.ts', '../activities/contract.js')).toBe(false);
  expect(allowed('workflows/run.ts', '../store/layout.js', true)).toBe(false);
  expect(allowed('workflows/run.ts', 'node:path')).toBe(false);
  expect(allowed('workflows/run.ts', '@temporalio/workflow')).toBe(true);
  expect(allowed('activities/advance.ts', '../workflows/envelope.js')).toBe(true);
  expect(allowed('activities/advance.ts', '../workflows/run.js')).toBe(false);
  expect(allowed('store/parts.ts', '../workflows/messages.js', true)).toBe(false);
});

test('the linter applies the rules', async () => {
  // In CI the parser would read the file on disk in place of our text.
  const parserOptions = { disallowAutomaticSingleRunInference: true };
  const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions } } });
  const text = [
    "import { readFileSync } from 'node:fs';",
    'export const draw = () => Math.random() + Math.pow(2, 0.3) + Date.now();',
    "export const load = () => Promise.resolve(readFileSync('x'));",
    'load();',
  ].join('\n');
  const [result] = await eslint.lintText(text, { filePath: inSource('sim/segment.ts') });
  const found = result!.messages.map(({ ruleId, line }) => `${line} ${ruleId}`);
  expect(found).toEqual([
    '1 marsdisk/import-direction',
    '2 no-restricted-syntax',
    '2 no-restricted-syntax',
    '2 no-restricted-syntax',
    '4 @typescript-eslint/no-floating-promises',
  ]);
});
