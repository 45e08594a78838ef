/** scripts/native-stack as far as it needs no server: what it would start is what docker-compose.yml starts. Kills on it: tests/long. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { SERVER_VERSION } from '../../scripts/stack/binaries.mjs';
import { makeHome, openStack, requireFree } from '../../scripts/stack/layout.mjs';
import { postgresPid } from '../../scripts/stack/postgres.mjs';
import { configOf, serverPid } from '../../scripts/stack/temporalServer.mjs';
import { scratch } from '../durability/folders.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = path.join(root, 'scripts/native-stack');
const folder = scratch();
const compose = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'));

const command = (...words: string[]) => spawnSync(program, words, { encoding: 'utf8' });

describe('the server', () => {
  const stack = openStack({ home: path.join(folder, 'config'), basePort: 30_000 });
  const config = parse(configOf(stack, 'secret'));

  it('is the one of docker-compose.yml', () => {
    expect(compose.services.temporal.image).toBe(`temporalio/server:${SERVER_VERSION}`);
  });

  it('has as many history shards as that of docker-compose.yml: a database keeps its number', () => {
    expect(`${config.persistence.numHistoryShards}`).toBe(
      compose.services.temporal.environment.NUM_HISTORY_SHARDS,
    );
  });

  it('is told its ports, the password and the loopback address', () => {
    const services = Object.values<{ rpc: Record<string, unknown> }>(config.services);
    expect(services.map(({ rpc }) => rpc.bindOnIP)).toEqual(Array(4).fill('127.0.0.1'));
    const ports = services.flatMap(({ rpc }) => [rpc.grpcPort, rpc.membershipPort]);
    expect(new Set([...ports, stack.ports.databasePort])).toEqual(new Set(Object.values(stack.ports)));
    expect(config.persistence.datastores.default.sql).toMatchObject({
      connectAddr: `127.0.0.1:${stack.ports.databasePort}`,
      password: 'secret',
    });
    expect(config.clusterMetadata.clusterInformation.active.rpcAddress).toBe(stack.address);
  });

  it('leaves some of the hundred connections of PostgreSQL', () => {
    const { default: tables, visibility } = config.persistence.datastores;
    expect(4 * (tables.sql.maxConns + visibility.sql.maxConns)).toBeLessThan(100);
    const { SQL_MAX_CONNS, SQL_VIS_MAX_CONNS } = compose.services.temporal.environment;
    expect([tables.sql.maxConns, visibility.sql.maxConns]).toEqual([
      Number(SQL_MAX_CONNS),
      Number(SQL_VIS_MAX_CONNS),
    ]);
  });
});

describe('a stack', () => {
  it('keeps the ports that it was made with', () => {
    const home = path.join(folder, 'ports');
    makeHome(openStack({ home, basePort: 31_000 }));
    expect(openStack({ home }).address).toBe('127.0.0.1:31033');
    expect(() => openStack({ home, basePort: 32_000 })).toThrow(/base port 31000.*--home/);
  });

  it('names a port that another program listens on, and the cure', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const stack = openStack({ home: path.join(folder, 'taken'), basePort: port - 33 });
    await expect(requireFree(stack, ['serverPort'])).rejects.toThrow(
      new RegExp(`port ${port} .*--base-port`),
    );
    await new Promise((resolve) => other.close(resolve));
    await expect(requireFree(stack, ['serverPort'])).resolves.toBeUndefined();
  });

  it('takes a killed process, whose file stayed, for stopped', () => {
    const stack = openStack({ home: path.join(folder, 'killed') });
    const dead = Number(
      execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }),
    );
    mkdirSync(stack.database, { recursive: true });
    writeFileSync(path.join(stack.database, 'postmaster.pid'), `${dead}\n${stack.database}\n`);
    writeFileSync(stack.serverRecord, `nowhere:${dead}:1\n`);
    expect([postgresPid(stack), serverPid(stack)]).toEqual([null, null]);
  });
});

describe('the command', () => {
  it('says how it is used, with exit code 2 when it was not', () => {
    expect(command('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/up\|down\|status/) });
    for (const words of [[], ['fly'], ['up', 'down'], ['up', '--nope']]) {
      expect(command(...words)).toMatchObject({ status: 2, stderr: expect.stringMatching(/usage:/) });
    }
  });

  it('tells that nothing runs, with exit code 1', () => {
    const outcome = command('status', '--home', path.join(folder, 'none'), '--json');
    expect(outcome.status).toBe(1);
    const states = JSON.parse(outcome.stdout).parts.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['stopped', 'stopped']);
  });

  it('refuses a base port that cannot be one', () => {
    const outcome = command('status', '--home', path.join(folder, 'port'), '--base-port', '80');
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringMatching(/1024/) });
  });
});
