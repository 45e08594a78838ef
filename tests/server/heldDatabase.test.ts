/** Another program (a backup, an sqlite3 shell) holds the database of the embedded server when it starts. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command, endCommands, endServers, pause } from './commands.js';

const pythonIt = spawnSync('python3', ['-c', 'import sqlite3']).status === 0 ? test : test.skip;
const hold = `
import sqlite3, sys
sqlite3.connect(sys.argv[1], isolation_level=None).execute('BEGIN IMMEDIATE')
print('held', flush=True)
sys.stdin.read()
`;

let home: string;
let holder: ChildProcess;

beforeEach(async () => {
  home = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-held-')), '.marsdisk');
  const first = new Command(home);
  await first.line('address');
  await first.finish();
  holder = spawn('python3', ['-c', hold, path.join(home, 'temporal.db')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => holder.stdout!.once('data', resolve));
});
afterEach(async () => {
  holder.kill('SIGKILL');
  await endCommands();
  endServers(home);
  await pause(50);
  fs.rmSync(path.dirname(home), { recursive: true, force: true });
});

pythonIt('a command waits until it lets go', async () => {
  const command = new Command(home);
  expect((await command.line('message')).message).toContain('waiting until it lets go');
  holder.stdin!.end();
  expect(await command.line('address')).toMatchObject({ adopted: false });
  await command.finish();
});

pythonIt('who never lets go is named as the cause', async () => {
  const command = new Command(home);
  const { unavailable } = await command.line('unavailable');
  expect(unavailable).toContain(`another program holds ${path.join(home, 'temporal.db')}`);
  expect(unavailable).toContain('type the same command again');
});
