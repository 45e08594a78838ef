import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingFromLock } from '../../scripts/completeLock.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lockText = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');

test('there is one copy of protobufjs 8: with two, workflow tasks fail for ever', () => {
  const list = execFileSync('npm', ['ls', 'protobufjs', '--all', '--parseable', '--long'], {
    cwd: root,
    encoding: 'utf8',
  });
  const copies = list.split('\n').filter((line) => line.includes('protobufjs@8.'));
  expect(copies.length).toBe(1);
});

test('the lock file names no address to download from', () => {
  expect(lockText).not.toContain('"resolved"');
});

test('the lock file holds the packages of all platforms (else: node scripts/completeLock.mjs)', () => {
  const lock = JSON.parse(lockText);
  expect(missingFromLock(lock)).toEqual([]);
  const [name] = Object.keys(lock.packages).filter((key) => key.includes('@swc/core-darwin-arm64'));
  delete lock.packages[name!];
  expect(missingFromLock(lock).map((missing) => missing.name)).toEqual(['@swc/core-darwin-arm64']);
});
