/** docker-compose.yml and what it mounts and builds, held against the Compose specification and against what this project promises. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { searchAttributeNames } from '../../src/workflows/messages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');
const text = read('docker-compose.yml');

interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly restart: string;
  readonly depends_on?: Record<string, { condition: string }>;
  readonly environment?: Record<string, string>;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly volumes?: readonly (string | { type: string; source: string; target: string })[];
  readonly entrypoint?: readonly string[];
  readonly stop_grace_period?: string;
}

const document = parse(text, { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(document.services);
const oneShots = ['schema', 'namespace'];
const longLived = services.filter(([name]) => !oneShots.includes(name));

const validate = new Ajv2020({ strict: false }).compile(JSON.parse(read('tests/stack/compose-spec.json')));

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', () => {
    validate(document);
    expect(validate.errors).toBeNull();
  });

  it.each<[string, (one: typeof document) => unknown]>([
    ['an unknown key', ({ services: { worker } }) => Object.assign(worker!, { dependson: {} })],
    [
      'an unknown condition',
      ({ services: { worker } }) => Object.assign(worker!.depends_on!.namespace!, { condition: 'ready' }),
    ],
    ['a number for an image', ({ services: { ui } }) => Object.assign(ui!, { image: 2 })],
  ])('would not be valid with %s', (_what, spoil) => {
    const spoilt = structuredClone(document);
    spoil(spoilt);
    expect(validate(spoilt)).toBe(false);
  });

  it('holds database, server, web page, worker and two one-shots', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['namespace', 'postgres', 'schema', 'temporal', 'ui', 'worker'].sort(),
    );
  });

  it.each(services)('pins the version of the image of %s', (_name, { image }) => {
    expect(image).toMatch(/^[\w./-]+:\d+\.\d+[\w.-]*$/);
  });

  it('takes schema, server and namespace tool from one release of the server', () => {
    const releases = ['schema', 'temporal', 'namespace'].map(
      (name) => /:(\d+\.\d+\.\d+)/.exec(document.services[name]!.image)?.[1],
    );
    expect(new Set(releases)).toEqual(new Set(['1.29.1']));
  });

  it('opens ports on the loopback address only', () => {
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    expect(ports.length).toBe(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{\w+:-\d+\}:\d+$/);
    expect(text).not.toMatch(/network_mode|privileged/);
  });

  it.each(longLived)('checks the health of %s and starts it again', (_name, service) => {
    expect(service.healthcheck?.test[0]).toBe('CMD');
    expect(service.restart).toBe('unless-stopped');
  });

  it.each(oneShots)('tries the one-shot %s a few times', (name) => {
    expect(document.services[name]!.restart).toMatch(/^on-failure:\d+$/);
  });

  it('starts each part when what it needs is there', () => {
    const conditions = Object.fromEntries(
      services.map(([name, { depends_on = {} }]) => [
        name,
        Object.entries(depends_on).map(([on, { condition }]) => `${on} ${condition}`),
      ]),
    );
    expect(conditions).toEqual({
      postgres: [],
      schema: ['postgres service_healthy'],
      temporal: ['postgres service_healthy', 'schema service_completed_successfully'],
      namespace: ['temporal service_healthy'],
      ui: ['temporal service_healthy'],
      worker: ['namespace service_completed_successfully'],
    });
  });

  it('holds no secret, and says what to write where when one is missing', () => {
    const secret = /PASS|PWD|SECRET|TOKEN|KEY/i;
    const values = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => secret.test(name)),
    );
    expect(values.length).toBe(3);
    for (const [, value] of values) expect(value).toMatch(/^\$\{MARSDISK_DB_PASSWORD:\?.*\.env/);
    expect(read('.gitignore').split('\n')).toContain('.env');
    expect(read('.dockerignore').split('\n')).toContain('.env');
    expect(read('deploy/env.example')).toMatch(/^MARSDISK_DB_PASSWORD=$/m);
  });

  it('names every variable in the example, and leaves none without a default or a message', () => {
    const variables = [...text.matchAll(/\$\{(\w+)(:-|:\?)?/g)];
    for (const [, name, rule] of variables) {
      expect(rule).toBeDefined();
      expect(read('deploy/env.example')).toMatch(new RegExp(`^#?${name}=`, 'm'));
    }
  });

  it('shows the worker the folder of the runs under the path that commands outside use', () => {
    const [folder] = document.services.worker!.volumes!;
    expect(folder).toMatchObject({ type: 'bind', bind: { create_host_path: false } });
    const { source, target } = folder as { source: string; target: string };
    expect(source).toMatch(/^\$\{MARSDISK_RUNS:\?/);
    expect(target).toBe(source);
  });

  it('mounts files that exist', () => {
    for (const [, { volumes = [], entrypoint = [], environment = {}, healthcheck }] of services) {
      const named = [...entrypoint, ...Object.values(environment), ...(healthcheck?.test ?? [])];
      for (const file of named.filter((word) => /^\/?deploy\//.test(word))) {
        expect(fs.existsSync(path.join(root, file))).toBe(true);
        if (file.startsWith('/')) expect(volumes).toContain('./deploy:/deploy:ro');
      }
    }
  });

  it('tells a server that binds every address which one its services use: without that it refuses to start', () => {
    const { BIND_ON_IP, TEMPORAL_BROADCAST_ADDRESS } = document.services.temporal!.environment!;
    expect([BIND_ON_IP, TEMPORAL_BROADCAST_ADDRESS]).toEqual(['0.0.0.0', '127.0.0.1']);
  });

  it('gives a stopping worker longer than it takes to hand over', async () => {
    const { temporalConfig } = await import('../../temporal.config.js');
    const grace = Number.parseInt(document.services.worker!.stop_grace_period!, 10);
    expect(grace).toBeGreaterThan(temporalConfig.shutdownGrace);
  });
});

describe('the image of the worker', () => {
  const dockerfile = read('Dockerfile');

  it('carries the version of the project', () => {
    expect(document.services.worker!.image).toBe(`marsdisk:${JSON.parse(read('package.json')).version}`);
  });

  it('is built on a pinned Node that the project accepts, and runs without rights', () => {
    const [, major, minor] = /^FROM node:(\d+)\.(\d+)\.\d+-[\w-]+$/m.exec(dockerfile)!;
    const [, wantedMajor, wantedMinor] = />=(\d+)\.(\d+)/.exec(
      JSON.parse(read('package.json')).engines.node,
    )!;
    expect(Number(major) * 1000 + Number(minor)).toBeGreaterThanOrEqual(
      Number(wantedMajor) * 1000 + Number(wantedMinor),
    );
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});

describe('the one-shot of the namespace', () => {
  it('registers the search attributes that the workflow sets', () => {
    const pairs = read('deploy/namespace.sh').matchAll(/--name (\w+) --type (\w+)/g);
    const { phase, model, identity, progress } = searchAttributeNames;
    expect(Object.fromEntries([...pairs].map(([, name, type]) => [name, type]))).toEqual({
      [phase]: 'Keyword',
      [model]: 'Keyword',
      [identity]: 'Keyword',
      [progress]: 'Double',
    });
  });

  it('gives the server the settings of the embedded one', () => {
    const launch = read('src/worker/server/launch.ts');
    const embedded = [...launch.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)=(\d+)'/g)].map(([, key, value]) => [
      key,
      [{ value: Number(value) }],
    ]);
    expect(parse(read('deploy/dynamicconfig.yaml'))).toEqual(Object.fromEntries(embedded));
  });
});
