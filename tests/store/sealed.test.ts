import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { writeJson } from '../../src/store/documents.js';
import { readSealed, writeSealed } from '../../src/store/sealed.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-sealed-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = path.join(folder, 'document.json');
const document = { title: 'a', numbers: [1.5, 2e21, -0.25], inner: { z: null, a: true } };

describe.each([
  ['sealed', (indent: 0 | 2) => writeSealed(file, document, indent), [0, 2] as const],
  ['of an earlier version', () => writeJson(file, document), [2] as const],
])('a document %s', (kind, write, indents) => {
  it.each(indents)('comes back, indented by %i', (indent) => {
    write(indent);
    expect(readSealed(file)).toMatchObject({ value: document, problem: null, sealed: kind === 'sealed' });
  });

  it.each(indents)('whose bytes have changed does not, indented by %i', (indent) => {
    write(indent);
    const text = fs.readFileSync(file, 'utf8');
    const [swapped] = [/"a": ?true,\s*/.exec(text)![0]];
    const changes = {
      'a number': text.replace('1.5', '1.50'),
      'a number that is too large': text.replace('1.5', '1e999'),
      'a blank': text.replace('}', ' }'),
      'the order': text.replace(swapped, '').replace(/"z": ?null/, (z) => `${z},${swapped.replace(',', '')}`),
      'an end': `${text}\n`,
      'no end': text.slice(0, -1),
      'half of it': text.slice(0, text.length / 2),
      'nothing of it': 'null\n',
    };
    for (const [what, changed] of Object.entries(changes)) {
      expect([what, changed === text]).toEqual([what, false]);
      fs.writeFileSync(file, changed);
      const { value, problem } = readSealed(file);
      expect([what, value]).toEqual([what, null]);
      expect([what, problem]).toEqual([what, expect.any(String)]);
    }
  });
});

it('a sealed document with another value does not fit its seal', () => {
  writeSealed(file, document);
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('1.5', '2.5'));
  expect(readSealed(file).problem).toBe('has changed: its contents do not fit its seal');
});

it('an order of keys that is not the one of the seal shows', () => {
  writeSealed(file, { b: 1, a: 2 }, 0);
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace('"a":2,"b":1', '"b":1,"a":2'));
  expect(fs.readFileSync(file, 'utf8')).not.toBe(text);
  expect(readSealed(file).problem).toBe('has changed: its contents do not fit its seal');
});

it('nor does a document without a seal whose keys are in another order come back', () => {
  writeJson(file, { b: 1, a: 2 });
  fs.writeFileSync(file, '{\n  "b": 1,\n  "a": 2\n}\n');
  expect(readSealed(file).problem).toBe('is not as it was written');
});

it('no file is no problem', () => {
  expect(readSealed(path.join(folder, 'none.json'))).toEqual({ value: null, problem: null, sealed: false });
});
