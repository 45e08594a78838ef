import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHome, serverHome } from '../../src/worker/server/home.js';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-home-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('the home is the nearest .marsdisk above the file, else one beside it', () => {
  const file = path.join(folder, 'a/b/disk.yml');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  expect(serverHome(file, {})).toBe(path.join(folder, 'a/b/.marsdisk'));
  fs.mkdirSync(path.join(folder, '.marsdisk'));
  expect(serverHome(file, {})).toBe(path.join(folder, '.marsdisk'));
  fs.writeFileSync(path.join(folder, 'a/.marsdisk'), 'a file of that name is no home');
  expect(serverHome(file, {})).toBe(path.join(folder, '.marsdisk'));
  expect(serverHome(file, { MARSDISK_HOME: '/elsewhere' })).toBe('/elsewhere');
});

test('a home that cannot be made is refused with the cure', () => {
  fs.writeFileSync(path.join(folder, 'file'), '');
  expect(() => openHome(path.join(folder, 'file/.marsdisk'))).toThrow(/ENOTDIR.*MARSDISK_HOME/s);
});

test('a home that may not be written is refused with the cure', () => {
  const home = path.join(folder, '.marsdisk');
  fs.mkdirSync(home);
  for (const place of [folder, home]) fs.chmodSync(place, 0o555);
  const compiled = fileURLToPath(new URL('../../dist/src/worker/server/home.js', import.meta.url));
  // Root may write everywhere: an ordinary user tries.
  const script = `
    const { openHome } = await import(${JSON.stringify(compiled)});
    if (process.getuid() === 0) process.setuid(65534);
    try { openHome(${JSON.stringify(home)}); } catch (error) { console.log(error.name, error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  for (const place of [folder, home]) fs.chmodSync(place, 0o755);
  expect(stdout).toMatch(/^ServerUnavailable .*EACCES.*MARSDISK_HOME/);
});
