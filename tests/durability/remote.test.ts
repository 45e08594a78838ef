/** With an address configured, `run` is a client and `worker` computes; without a server both say so. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, marsdisk, start } from './command.js';
import { scratch } from './folders.js';

let server: ServerInUse;
afterAll(() => server.release()); // before its folder goes: hooks run in the order in which they are written
const folder = scratch();
const unused = path.join(folder, 'unused');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];

beforeAll(async () => {
  server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
});

describe('with TEMPORAL_ADDRESS', () => {
  it('a worker elsewhere computes the run, and leaves the same bytes as the embedded one', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const worker = start(unused, ['worker'], { environment });
    await worker.said(/computing segments for/);
    const outdir = path.join(folder, 'remote');
    expect(await marsdisk(unused, [...run, '--outdir', outdir], { environment })).toMatchObject({ code: 0 });
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });

    const embedded = path.join(folder, 'embedded');
    expect(await marsdisk(path.join(folder, 'home'), [...run, '--outdir', embedded])).toMatchObject({
      code: 0,
    });
    expect(comparedFiles(outdir)).toEqual(comparedFiles(embedded));
  });

  it('a client that was killed comes back to the run that went on without it', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const outdir = path.join(folder, 'left-alone');
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await client.said(/started as/);
    process.kill(client.pid, 'SIGKILL');
    await client.ended;
    const worker = start(unused, ['worker'], { environment });
    const again = await marsdisk(unused, [...run, '--outdir', outdir], { environment });
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/going on with|already complete/);
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
  });

  it('a client that is killed in mid-segment comes back to its run, which the worker has not left', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const outdir = path.join(folder, 'client-killed');
    const kill = { at: 'step', segment: 2, step: 20, what: 'stop' } as const;
    const worker = start(unused, ['worker'], { environment, kill });
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await worker.stopped();
    process.kill(client.pid, 'SIGKILL');
    await client.ended;
    const again = start(unused, [...run, '--outdir', outdir], { environment });
    await again.said(/going on with/);
    worker.wake();
    expect(await again.ended).toMatchObject({ code: 0 });
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(comparedFiles(path.join(folder, 'embedded')));
    const { execution } = JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
    expect(execution.restarts).toEqual([]); // nothing was computed twice
  });

  it('goes on with a run that was terminated before any worker had seen it', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const outdir = path.join(folder, 'never-begun');
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await client.said(/started as/);
    process.kill(client.pid, 'SIGKILL');
    await client.ended;
    const id = readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
    const connection = await Connection.connect({ address: server.address });
    await new Client({ connection }).workflow.getHandle(id).terminate('by a test');
    await connection.close();
    const worker = start(unused, ['worker'], { environment });
    const again = await marsdisk(unused, [...run, '--outdir', outdir], { environment });
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
    expect(again).toMatchObject({ code: 0 });
  });

  it('a worker ends with exit code 4 and the cure when the namespace does not exist', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'nowhere' };
    const outcome = await marsdisk(unused, ['worker'], { environment });
    expect(outcome).toMatchObject({ code: 4 });
    expect(outcome.stderr).toMatch(/namespace nowhere[\s\S]*TEMPORAL_NAMESPACE/);
  });

  it('ends with exit code 4 and the cure when nobody answers', async () => {
    const environment = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const outcome = await marsdisk(unused, [...run, '--outdir', path.join(folder, 'none')], { environment });
    expect(outcome).toMatchObject({ code: 4 });
    expect(outcome.stderr).toMatch(/no Temporal server answers at 127\.0\.0\.1:1[\s\S]*TEMPORAL_ADDRESS/);
  });
});

describe('status', () => {
  it('answers from the files of a complete run and from the server for one on its way', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const complete = await marsdisk(unused, ['status', path.join(folder, 'remote')], { environment });
    expect(complete).toMatchObject({ code: 0 });
    expect(complete.stdout).toMatch(/planned end/);

    const outdir = path.join(folder, 'waiting');
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await client.said(/started as/);
    const waiting = await marsdisk(unused, ['status', outdir, '--json'], { environment });
    expect(waiting).toMatchObject({ code: 0 });
    expect(JSON.parse(waiting.stdout)).toMatchObject({ state: 'running', progress: null });
    const leaving = performance.now();
    process.kill(client.pid, 'SIGINT');
    expect(await client.ended).toMatchObject({ code: 130 });
    // Its question to a queue that was polled a moment ago is still open.
    expect(performance.now() - leaving).toBeLessThan(8000);
  });

  it('says that a folder holds no run', async () => {
    expect(await marsdisk(unused, ['status', folder])).toMatchObject({ code: 2 });
  });
});
