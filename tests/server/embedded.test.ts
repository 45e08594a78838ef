import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { isAlive } from '../../bin/processLock.mjs';
import { findTemporal } from '../../src/worker/server/binary.js';
import { useServer } from '../../src/worker/server/embedded.js';
import {
  Command,
  endCommands,
  endServers,
  pause,
  recordOf,
  serversOn,
  signalServer,
  untilDead,
  untilServerBegins,
} from './commands.js';

let home: string;

beforeEach(() => {
  home = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-server-')), '.marsdisk');
});
afterEach(async () => {
  await endCommands();
  endServers(home);
  await pause(50);
  fs.rmSync(path.dirname(home), { recursive: true, force: true });
});

test('a cold start gives a server that keeps histories for a year, and the last user stops it', async () => {
  const command = new Command(home);
  const { address, uiUrl, adopted } = await command.line('address');
  expect(adopted).toBe(false);
  expect((await fetch(uiUrl!)).status).toBe(200);
  const connection = await Connection.connect({ address: address! });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(365 * 86400);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  expect(Object.keys(customAttributes ?? {}).sort()).toEqual(
    ['MarsdiskIdentity', 'MarsdiskModel', 'MarsdiskPhase', 'MarsdiskProgress'].sort(),
  );
  await connection.close();
  const record = recordOf(home);
  await command.finish();
  expect(command.lines.at(-1)).toEqual({ released: true });
  expect(isAlive(record.identity)).toBe(false);
  expect(fs.existsSync(path.join(home, 'server.json'))).toBe(false);
  expect(fs.readdirSync(path.join(home, 'users'))).toEqual([]);
});

test('a second command adopts the server, and only the last one stops it', async () => {
  const first = new Command(home);
  const { address } = await first.line('address');
  const second = new Command(home);
  expect(await second.line('address')).toMatchObject({ address, adopted: true });
  const record = recordOf(home);
  await first.finish();
  expect(isAlive(record.identity)).toBe(true);
  await second.finish();
  expect(isAlive(record.identity)).toBe(false);
});

test('two commands that start at once share one server', async () => {
  const commands = [new Command(home), new Command(home), new Command(home)];
  const lines = await Promise.all(commands.map((command) => command.line('address')));
  expect(lines.filter((line) => line.adopted).length).toBe(2);
  expect(new Set(lines.map((line) => line.address)).size).toBe(1);
  expect(serversOn(home).length).toBe(1);
  await Promise.all(commands.map((command) => command.finish()));
  expect(serversOn(home)).toEqual([]);
});

test('the server outlives a killed command, and the next one adopts it and stops it', async () => {
  const killed = new Command(home);
  const { address } = await killed.line('address');
  await killed.kill('SIGKILL');
  const next = new Command(home);
  expect(await next.line('address')).toMatchObject({ address, adopted: true });
  await next.finish();
  expect(serversOn(home)).toEqual([]);
});

test('a killed server is started again on the same database and ports', async () => {
  const first = new Command(home);
  const { address } = await first.line('address');
  await describeAs(address!, 'remember me');
  const record = recordOf(home);
  signalServer(home, 'SIGKILL');
  await untilDead(record);
  const second = new Command(home);
  expect(await second.line('address')).toMatchObject({ address, adopted: false });
  expect(await descriptionOf(address!)).toBe('remember me');
  await Promise.all([first.finish(), second.finish()]);
});

test('a command killed between its child and the record leaves no server', async () => {
  const killed = new Command(home, undefined, { env: { ...process.env, MARSDISK_TEST_DIE_AT_RECORD: '1' } });
  await killed.hasEnded();
  expect(killed.child.signalCode).toBe('SIGKILL');
  expect(fs.existsSync(path.join(home, 'server.json'))).toBe(false);
  await pause(200); // the shell that was to become the server ends when its pipe does
  expect(serversOn(home)).toEqual([]);
});

test('a database whose making was cut short by a kill is made anew; one that has served is never touched', async () => {
  const own = path.join(path.dirname(home), 'half-made');
  fs.mkdirSync(own);
  const database = path.join(own, 'temporal.db');
  fs.writeFileSync(path.join(own, 'temporal.db.unserved'), '');
  fs.writeFileSync(database, ''); // for SQLite this is a whole database, without a single table
  const first = new Command(own);
  await first.line('address');
  await first.finish();
  expect(fs.existsSync(path.join(own, 'temporal.db.unserved'))).toBe(false);
  for (const end of ['-wal', '-shm']) fs.rmSync(`${database}${end}`, { force: true });
  fs.writeFileSync(database, '');
  const second = new Command(own);
  const { unavailable } = await second.line('unavailable');
  await second.finish();
  expect(unavailable).toMatch(/did not start/);
  expect(fs.existsSync(database)).toBe(true);
});

test('a command killed as soon as it has a child leaves no server without a record', async () => {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const killed = new Command(home);
    untilServerBegins(killed.child.pid!);
    killed.child.kill('SIGKILL');
    await killed.kill('SIGKILL');
    await pause(200); // the shell that was to become the server ends when its pipe does
    if (!fs.existsSync(path.join(home, 'server.json'))) expect(serversOn(home)).toEqual([]);
    endServers(home); // one with a record: the next command must not adopt it, but start one
  }
  const next = new Command(home);
  await next.line('address');
  expect(serversOn(home).length).toBe(1);
  await next.finish();
});

test('a stopped server is waited for, then reported with the cure; continued, it is adopted', async () => {
  const first = new Command(home);
  const { address } = await first.line('address');
  signalServer(home, 'SIGSTOP');
  const impatient = new Command(home, 1000);
  const { unavailable } = await impatient.line('unavailable');
  expect(unavailable).toContain('runs but does not answer');
  expect(unavailable).toMatch(/kill -CONT \d+/);
  expect(impatient.lines.some((line) => line.message?.includes('waiting'))).toBe(true);
  const patient = new Command(home);
  await patient.line('message');
  signalServer(home, 'SIGCONT');
  expect(await patient.line('address')).toMatchObject({ address, adopted: true });
  await Promise.all([first.finish(), patient.finish()]);
});

test('Ctrl-C reaches the command and not the server', async () => {
  const command = new Command(home, undefined, { detached: true }); // a process group, as a shell makes one
  await command.line('address');
  process.kill(-command.child.pid!, 'SIGINT');
  await command.finish();
  expect(command.child.signalCode).toBe('SIGINT');
  await pause(2500); // a server that ends takes a second
  expect(isAlive(recordOf(home).identity)).toBe(true);
});

test('a start that fails does not cost the server its port, at which its clients still ask', async () => {
  const { path: binary } = await findTemporal({ onMessage: () => {} });
  const broken = path.join(path.dirname(home), 'broken');
  const temporalCli = path.join(path.dirname(home), 'temporal');
  fs.writeFileSync(
    temporalCli,
    `#!/bin/sh\n[ "$1" = server ] && [ -e ${broken} ] && exit 1\nexec ${binary} "$@"\n`,
  );
  fs.chmodSync(temporalCli, 0o755);
  const server = await useServer({ home, temporalCli, onMessage: () => {} });
  signalServer(home, 'SIGKILL');
  await untilDead(recordOf(home));
  fs.writeFileSync(broken, '');
  await expect(server.revive()).rejects.toThrow(/did not start/);
  fs.rmSync(broken);
  expect(await server.revive()).toEqual({ restarted: true, address: server.address });
  await server.release();
});

async function describeAs(address: string, description: string): Promise<void> {
  const connection = await Connection.connect({ address });
  await connection.workflowService.updateNamespace({ namespace: 'default', updateInfo: { description } });
  await connection.close();
}

async function descriptionOf(address: string): Promise<string | null | undefined> {
  const connection = await Connection.connect({ address });
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  await connection.close();
  return namespaceInfo?.description;
}
