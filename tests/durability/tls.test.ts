/** Client and worker behind TLS and an API key, set by a profile file or by variables; and what each wrong setting is answered with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { authority } from './certificates.js';
import { marsdisk, type Outcome, start } from './command.js';
import { scratch } from './folders.js';
import { type GrpcProxy, startProxy } from './grpcProxy.js';

let server: ServerInUse;
let withKey: GrpcProxy;
let withCertificate: GrpcProxy;
afterAll(async () => {
  await withKey.close();
  await withCertificate.close();
  await server.release();
});
const folder = scratch();
const unused = path.join(folder, 'unused');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=200'];
const ours = authority(folder, 'ours');
const theirs = authority(folder, 'theirs');
const server127 = ours.sign('server', 'IP:127.0.0.1');
const key = 'a key of this test';
/** What the calls of the two name as their sender: a worker has a client of both kinds. */
const clientAndWorker = ['grpc-node-js', 'tonic'];

beforeAll(async () => {
  server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
  withKey = await startProxy({ target: server.address, tls: server127, apiKey: key });
  const tls = { ...server127, clientAuthority: ours.cert };
  withCertificate = await startProxy({ target: server.address, tls });
});

/** A run by a worker and a client that have nothing but these settings in common. */
async function expectRun(name: string, environment: Record<string, string>): Promise<void> {
  const worker = start(unused, ['worker'], { environment });
  await worker.said(/computing segments for/);
  const outdir = path.join(folder, name);
  const outcome = await marsdisk(unused, [...run, '--outdir', outdir], { environment });
  process.kill(worker.pid, 'SIGTERM');
  expect(outcome).toMatchObject({ code: 0 });
  expect(await worker.ended).toMatchObject({ code: 0 });
}

/** TOML of a profile, and the variables that choose it. */
function profile(name: string, lines: readonly string[]): Record<string, string> {
  const file = path.join(folder, `${name}.toml`);
  writeFileSync(file, `[profile.${name}]\n${lines.join('\n')}\n`);
  return { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: name };
}

const text = (value: string) => JSON.stringify(value);

describe('a run behind TLS', () => {
  it('with an API key from a profile ends complete', async () => {
    await expectRun(
      'key',
      profile('cluster', [
        `address = ${text(withKey.address)}`,
        'namespace = "default"',
        `api_key = ${text(key)}`,
        '[profile.cluster.tls]',
        `server_ca_cert_path = ${text(ours.certFile)}`,
      ]),
    );
    expect([...withKey.callers].sort()).toEqual(clientAndWorker);
  });

  it('with a client certificate from variables ends complete', async () => {
    const own = ours.sign('laptop', 'DNS:laptop');
    await expectRun('certificate', {
      TEMPORAL_ADDRESS: withCertificate.address,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: ours.certFile,
      TEMPORAL_TLS_CLIENT_CERT_PATH: own.certFile,
      TEMPORAL_TLS_CLIENT_KEY_PATH: own.keyFile,
    });
    expect([...withCertificate.callers].sort()).toEqual(clientAndWorker);
  });
});

const rawWords =
  /raw words|UNAVAILABLE|UNAUTHENTICATED|DEADLINE|NOT_FOUND|deadline|Error:|ERR_|^\d+ [A-Z_]+:/m;

type Settings = Record<string, string>;

describe('a setting that is wrong', () => {
  const ca = ours.certFile;
  const keyed = (): Settings => ({
    TEMPORAL_ADDRESS: withKey.address,
    TEMPORAL_API_KEY: key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca,
  });
  const without = (settings: Settings, name: string) =>
    Object.fromEntries(Object.entries(settings).filter(([other]) => other !== name));
  const wrong: [string, () => Settings, RegExp][] = [
    [
      'a wrong key',
      () => ({ ...keyed(), TEMPORAL_API_KEY: 'old' }),
      /does not accept the API key\.\n.*TEMPORAL_API_KEY/,
    ],
    ['no key', () => without(keyed(), 'TEMPORAL_API_KEY'), /wants an API key\.\n.*TEMPORAL_API_KEY/],
    [
      'a wrong authority',
      () => ({ ...keyed(), TEMPORAL_TLS_SERVER_CA_CERT_PATH: theirs.certFile }),
      /not signed by an authority.*\n.*TEMPORAL_TLS_SERVER_CA_CERT_PATH/,
    ],
    [
      'no TLS',
      () => ({ TEMPORAL_ADDRESS: withKey.address }),
      /it speaks TLS, and none is configured.*\n.*TEMPORAL_TLS=true/,
    ],
    [
      'TLS where there is none',
      () => ({ ...keyed(), TEMPORAL_ADDRESS: server.address }),
      /does not speak TLS.*\n.*TEMPORAL_TLS=false/,
    ],
    [
      'no client certificate',
      () => ({ ...keyed(), TEMPORAL_ADDRESS: withCertificate.address }),
      /wants a client certificate.*\n.*TEMPORAL_TLS_CLIENT_CERT_PATH/,
    ],
    [
      'a wrong namespace',
      () => ({ ...keyed(), TEMPORAL_NAMESPACE: 'nowhere' }),
      /no namespace nowhere\.\n.*TEMPORAL_NAMESPACE/,
    ],
    [
      'an address where nobody is',
      () => ({ ...keyed(), TEMPORAL_ADDRESS: '127.0.0.1:1' }),
      /nobody listens there.*\n.*TEMPORAL_ADDRESS/,
    ],
  ];

  it.each(wrong)('%s: run, worker and status say it with the cure', async (name, settings, words) => {
    const environment = settings();
    const outdir = path.join(folder, name);
    const told = async (args: string[]): Promise<Outcome & { seconds: number }> => {
      const began = performance.now();
      const outcome = await marsdisk(unused, args, { environment });
      return { ...outcome, seconds: (performance.now() - began) / 1000 };
    };
    mkdirSync(outdir);
    writeFileSync(path.join(outdir, 'run_id'), 'a-run-abcdefghij\n');
    const outcomes = await Promise.all([
      told([...run, '--outdir', `${outdir}-run`]),
      told(['worker']),
      told(['status', outdir]),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ code: 4, stdout: '' });
      expect(outcome.stderr).toContain(environment.TEMPORAL_ADDRESS);
      expect(outcome.stderr).toMatch(words);
      expect(outcome.stderr).not.toMatch(rawWords);
      expect(outcome.seconds).toBeLessThan(15); // 6 s on an idle machine
    }
  });
});

describe('settings that do not fit together', () => {
  it.each<[string, Settings, RegExp]>([
    ['a key without an address', { TEMPORAL_API_KEY: key }, /no address[\s\S]*TEMPORAL_ADDRESS/],
    [
      'a profile that is not there',
      { ...profile('one', []), TEMPORAL_PROFILE: 'other' },
      /'other'[\s\S]*TEMPORAL_PROFILE/,
    ],
  ])('%s: exit code 2', async (name, environment, words) => {
    const outcome = await marsdisk(unused, [...run, '--outdir', path.join(folder, name)], { environment });
    expect(outcome).toMatchObject({ code: 2 });
    expect(outcome.stderr).toMatch(words);
  });
});
