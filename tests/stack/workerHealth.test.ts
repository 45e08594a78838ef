/** The health check of the worker's container, against a real server and a real worker. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { root, start } from '../durability/command.js';
import { scratch } from '../durability/folders.js';

let server: ServerInUse;
afterAll(() => server.release()); // before its folder goes: hooks run in the order in which they are written
const folder = scratch();

beforeAll(async () => {
  server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
});

function health(address: string) {
  return spawnSync(process.execPath, ['deploy/workerHealth.mjs'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', TEMPORAL_ADDRESS: address },
  });
}

it('is healthy as soon as this host asks the queue for work, and not before', async () => {
  expect(health(server.address)).toMatchObject({ status: 1, stderr: expect.stringMatching(/no worker of/) });
  const worker = start(path.join(folder, 'unused'), ['worker'], {
    environment: { TEMPORAL_ADDRESS: server.address },
  });
  await worker.said(/computing segments for/);
  // The server counts a poll once it has arrived, a moment after the worker has said that it works.
  let last = health(server.address);
  for (let tries = 1; last.status !== 0 && tries < 20; tries += 1) last = health(server.address);
  expect(last).toMatchObject({ status: 0, stderr: '' });
  process.kill(worker.pid, 'SIGTERM');
  await worker.ended;
});

it('is not healthy without a server, or without an address', () => {
  expect(health('127.0.0.1:1')).toMatchObject({ status: 1, stderr: expect.stringMatching(/connect/i) });
  expect(health('')).toMatchObject({ status: 1, stderr: expect.stringMatching(/TEMPORAL_ADDRESS/) });
});
