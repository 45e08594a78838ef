/** A configured server that is away, refuses or dies, and a run that nobody computes: said within seconds, with the cure. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { marsdisk, type Outcome, root, start } from './command.js';
import { scratch } from './folders.js';
import { type Fate, type GrpcProxy, startProxy } from './grpcProxy.js';

let server: ServerInUse;
afterAll(() => server.release());
const folder = scratch();
const unused = path.join(folder, 'unused');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const policy = { heartbeatTimeout: 3 };
/** The worker lives until it is killed, so that the client sees it. */
const held = { at: 'step', segment: 1, step: 20, what: 'hold' } as const;

beforeAll(async () => {
  server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
});

const proxies: GrpcProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
});

async function through(fate: (method: string) => Fate): Promise<GrpcProxy> {
  const proxy = await startProxy({ target: server.address, fate });
  proxies.push(proxy);
  return proxy;
}

const rawWords =
  /raw words|UNAVAILABLE|UNAUTHENTICATED|DEADLINE|PERMISSION_DENIED|NOT_FOUND|Error:|^\d+ [A-Z_]+:/m;

function expectRefusal(outcome: Outcome, words: RegExp): void {
  expect(outcome.stderr).toMatch(words);
  expect(outcome.stderr).not.toMatch(rawWords);
  expect(outcome).toMatchObject({ code: 4, stdout: '' });
}

describe('between connection and start', () => {
  it.each(['DescribeWorkflowExecution', 'AddSearchAttributes', 'StartWorkflowExecution'])(
    'a server that dies at %s is said with the address and the cure',
    async (deadly) => {
      const { address } = await through((method) => (method === deadly ? 'die' : 'pass'));
      const outdir = path.join(folder, `died-${deadly}`);
      const outcome = await marsdisk(unused, [...run, '--outdir', outdir], {
        environment: { TEMPORAL_ADDRESS: address },
      });
      expectRefusal(
        outcome,
        new RegExp(
          `no Temporal server answers at ${address} .*nobody listens there[\\s\\S]*TEMPORAL_ADDRESS`,
        ),
      );
    },
  );

  it('one that is silent, or refuses the start, too', async () => {
    const silent = await through((method) => (method === 'DescribeWorkflowExecution' ? 'ignore' : 'pass'));
    const outdir = path.join(folder, 'refused');
    const began = performance.now();
    const unanswered = await marsdisk(unused, [...run, '--outdir', outdir], {
      environment: { TEMPORAL_ADDRESS: silent.address },
    });
    expectRefusal(unanswered, /no Temporal server answers at .*TEMPORAL_ADDRESS/s);
    expect(performance.now() - began).toBeLessThan(12_000); // the SDK alone takes twenty seconds and more

    const strict = await through((method) => (method === 'StartWorkflowExecution' ? { status: 7 } : 'pass'));
    const denied = await marsdisk(unused, [...run, '--outdir', outdir], {
      environment: { TEMPORAL_ADDRESS: strict.address },
    });
    expectRefusal(denied, /does not give access to the namespace default[\s\S]*TEMPORAL_API_KEY/);
    // Nothing of this stands in the way of the same command where it is let in.
    const worker = start(unused, ['worker'], { environment: { TEMPORAL_ADDRESS: server.address } });
    const environment = { TEMPORAL_ADDRESS: server.address };
    expect(await marsdisk(unused, [...run, '--outdir', outdir], { environment })).toMatchObject({ code: 0 });
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
  });

  it('a namespace that does not exist, before anything is written', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'nowhere' };
    const outcome = await marsdisk(unused, [...run, '--outdir', path.join(folder, 'nowhere')], {
      environment,
    });
    expectRefusal(outcome, /no namespace nowhere[\s\S]*TEMPORAL_NAMESPACE/);
  });
});

describe('a missing worker', () => {
  it('is said although the server remembers a dead one, again when the next one dies, and the run goes on', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const dead = start(unused, ['worker'], { environment });
    await dead.said(/computing segments/);
    process.kill(dead.pid, 'SIGKILL');
    await dead.ended;

    const command = [...run, '--outdir', path.join(folder, 'waiting')];
    const client = start(unused, command, { environment, policy });
    const missing = 'no worker polls the task queue marsdisk of the namespace default';
    await client.said(new RegExp(`${missing} at ${server.address}[\\s\\S]*/waiting: marsdisk worker`));
    const quiet = start(unused, [...command, '--quiet'], { environment });
    await quiet.said(new RegExp(missing)); // it waits for something that only the user can change
    process.kill(quiet.pid, 'SIGKILL');
    await quiet.ended;

    const mortal = start(unused, ['worker'], { environment, kill: held });
    await client.said(/% · .*segment 1/);
    process.kill(mortal.pid, 'SIGKILL');
    await mortal.ended;
    await client.said(new RegExp(`(${missing}[\\s\\S]*){2}`));

    const worker = start(unused, ['worker'], { environment });
    const outcome = await client.ended;
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr.split(missing)).toHaveLength(3);
  });
});

describe('a run that has ended, on a server without any worker', () => {
  it('the same command says within seconds what it waits for, leaves at Ctrl-C, and goes on when a worker comes', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const outdir = path.join(folder, 'ended');
    const command = [...run, '--outdir', outdir];
    const first = start(unused, ['worker'], { environment, kill: held });
    const client = start(unused, command, { environment });
    await first.said(/held at step/);
    const id = readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
    const connection = await Connection.connect({ address: server.address });
    await new Client({ connection }).workflow.getHandle(id).terminate('by a test');
    await connection.close();
    expect(await client.ended).toMatchObject({ code: 1 });
    process.kill(first.pid, 'SIGKILL');
    await first.ended;

    const missing = /no worker polls the task queue marsdisk[\s\S]*marsdisk worker/;
    const began = performance.now();
    const impatient = start(unused, [...command, '--quiet'], { environment });
    await impatient.said(missing);
    expect(performance.now() - began).toBeLessThan(15_000); // of which a busy machine takes half to start the command
    process.kill(impatient.pid, 'SIGINT');
    const left = await impatient.ended;
    expect(left).toMatchObject({ code: 130 });
    expect(left.stderr).toMatch(/interrupted before the run went on/);

    const patient = start(unused, command, { environment });
    await patient.said(missing);
    const worker = start(unused, ['worker'], { environment });
    const outcome = await patient.ended;
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/from its last recorded segment/);
    expect(outcome.stderr.split('no worker polls')).toHaveLength(2);
  });
});

describe('a client', () => {
  it('loads nothing of the worker when an address is configured, and the worker with the embedded server', async () => {
    const modules = async (name: string, environment: Record<string, string>) => {
      const file = path.join(folder, `${name}.modules`);
      const hook = pathToFileURL(path.join(root, 'tests/durability/loadedModules.mjs'));
      mkdirSync(path.join(folder, name));
      const outcome = await marsdisk(
        path.join(folder, name),
        [...run, '--outdir', path.join(folder, name, 'out')],
        {
          environment: { NODE_OPTIONS: `--import ${hook}`, MARSDISK_TEST_MODULES: file, ...environment },
        },
      );
      expect(outcome).toMatchObject({ code: 0 });
      return readFileSync(file, 'utf8');
    };
    const worker = start(unused, ['worker'], { environment: { TEMPORAL_ADDRESS: server.address } });
    const client = await modules('pure', { TEMPORAL_ADDRESS: server.address });
    process.kill(worker.pid, 'SIGTERM');
    await worker.ended;
    const workerCode =
      /dist\/src\/(worker\/worker|activities\/index)\.js|@temporalio\/(worker|core-bridge)\//;
    expect(client).toMatch(/@temporalio\/client/);
    expect(client.split('\n').filter((url) => workerCode.test(url))).toEqual([]);
    expect(await modules('embedded', {})).toMatch(workerCode);
  });
});
