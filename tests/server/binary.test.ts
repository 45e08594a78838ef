import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, findTemporal } from '../../src/worker/server/binary.js';

/** The real program that this machine has; the tests arrange where it is found. */
let real: string;
let folder: string;
let environment: NodeJS.ProcessEnv;
let messages: string[];
const onMessage = (message: string) => messages.push(message);

beforeAll(async () => {
  real = (await findTemporal({ onMessage: () => {} })).path;
});
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-binary-'));
  messages = [];
  // A proxy that refuses at once: these tests ask no server for a download.
  const proxy = 'http://127.0.0.1:9';
  environment = { HOME: folder, PATH: '', HTTPS_PROXY: proxy, HTTP_PROXY: proxy, https_proxy: proxy };
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const inFolder = (name: string, text?: string) => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (text === undefined) fs.symlinkSync(real, file);
  else fs.writeFileSync(file, text, { mode: 0o755 });
  return file;
};
const find = (configured?: string) =>
  findTemporal({ ...(configured ? { configured } : {}), onMessage, environment });

test('the order is: configured path, TEMPORAL_CLI, PATH, cache', async () => {
  const cached = path.join(cacheFolder(environment), 'temporal');
  inFolder(path.relative(folder, cached));
  expect(await find()).toEqual({ path: cached, source: 'the cache' });
  environment.PATH = path.dirname(inFolder('programs/temporal'));
  expect((await find()).source).toBe('PATH');
  environment.TEMPORAL_CLI = inFolder('named/temporal');
  expect((await find()).source).toBe('TEMPORAL_CLI');
  expect((await find(inFolder('configured/temporal'))).source).toBe('the configured path');
  expect(messages).toEqual([]);
});

test('a program that does not run is passed over, and said so if somebody named it', async () => {
  environment.PATH = path.dirname(inFolder('good/temporal'));
  environment.TEMPORAL_CLI = inFolder('bad/temporal', '#!/bin/sh\necho broken >&2; exit 3\n');
  expect((await find()).source).toBe('PATH');
  expect(messages[0]).toContain('broken');
  environment.TEMPORAL_CLI = inFolder('other/temporal', '#!/bin/sh\necho hello\n');
  expect((await find()).source).toBe('PATH');
});

test('without any, the error lists what was tried, why it failed and what to do', async () => {
  environment.TEMPORAL_CLI = path.join(folder, 'nothing');
  const error = (await find().catch((reason: unknown) => reason)) as Error;
  expect(error.name).toBe('ServerUnavailable');
  for (const part of [
    'TEMPORAL_CLI',
    'does not exist',
    'PATH: has no program called temporal',
    'the cache (',
    "the SDK's own download: exit 1",
    'go install github.com/temporalio/cli/cmd/temporal@v1.5.1: there is no program called go',
    'What to do:',
  ]) {
    expect(error.message).toContain(part);
  }
  expect(
    fs.readdirSync(cacheFolder(environment)).filter((name) => !name.startsWith('install.lock.')),
  ).toEqual([]);
});

test('what go builds lands in the cache as a whole, for this command and the next', async () => {
  // Stands in for the three minutes of a real go install: it puts the real program where go is told to.
  const go = inFolder(
    'go/go',
    `#!/bin/sh\nset -e\n[ "$1" = install ]\n/bin/ln -s ${real} "$GOBIN/temporal"\n`,
  );
  environment.PATH = path.dirname(go);
  const cached = path.join(cacheFolder(environment), 'temporal');
  expect(await find()).toEqual({
    path: cached,
    source: 'go install github.com/temporalio/cli/cmd/temporal@v1.5.1',
  });
  expect(messages.at(-1)).toContain('about three minutes');
  expect((await find()).source).toBe('the cache');
  expect(execFileSync(cached, ['--version']).toString()).toContain('temporal version');
});
