import fs from 'node:fs';
import { readJson, sortedJson, writeJson } from '../../src/store/documents.js';
import { DamagedData } from '../../src/store/error.js';
import { freshLayout } from './sample.js';

test('keys are sorted at every level, arrays keep their order', () => {
  const text = sortedJson({ b: [{ z: 1, a: 2 }], a: null, gone: undefined });
  expect(text).toBe('{\n  "a": null,\n  "b": [\n    {\n      "a": 2,\n      "z": 1\n    }\n  ]\n}\n');
  expect(sortedJson({ b: 1, a: 2 })).toBe(sortedJson({ a: 2, b: 1 }));
});

test.each([
  [{ a: { tau: [1, Number.NaN] } }, '$.a.tau[1] is NaN'],
  [{ M_loss: Number.POSITIVE_INFINITY }, '$.M_loss is Infinity'],
  [{ n: 1n }, '$.n is [object BigInt]'],
  [{ state: new Float64Array(2) }, '$.state is [object Float64Array]'],
  [[undefined], '$[0] is [object Undefined]'],
])('refuses what JSON cannot hold and names the place', (value, message) => {
  expect(() => sortedJson(value)).toThrow(message);
});

test('a value that JSON cannot hold leaves the old file', () => {
  const { summary } = freshLayout();
  writeJson(summary, { M_loss: 1 });
  expect(() => writeJson(summary, { M_loss: Number.NaN })).toThrow('$.M_loss is NaN');
  expect(readJson(summary)).toEqual({ M_loss: 1 });
});

test('readJson: null without a file, DamagedData for broken text', () => {
  const { summary } = freshLayout();
  expect(readJson(summary)).toBeNull();
  fs.writeFileSync(summary, '{"a": NaN}');
  expect(() => readJson(summary)).toThrow(DamagedData);
  expect(() => readJson(summary)).toThrow(`${summary}: is not valid JSON`);
});
