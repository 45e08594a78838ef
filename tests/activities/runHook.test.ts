import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { HookRequest, HookResult } from '../../src/activities/contract.js';
import type { Dependencies } from '../../src/activities/dependencies.js';
import { keptAtStart } from '../../src/activities/hooks/log.js';
import { runHookWith } from '../../src/activities/runHook.js';
import { gone, isAlive, pidIn } from './hooks/processes.js';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-hook-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

let batches = 0;

/** A hook behind a case of a batch of its own; `$F` in the command stands for a folder for its traces. */
function asked(
  command: string,
  hook: Partial<HookRequest['hook']> = {},
): HookRequest & { readonly folder: string } {
  const batch = path.join(root, String(batches++));
  const folder = path.join(batch, 'T4000_eps0p5');
  return {
    hook: { command: command.replaceAll('$F', folder), timeout: 30, attempts: 1, strict: false, ...hook },
    batch,
    tag: 'supply',
    case: { title: 'T4000_eps0p5', values: { T: 4000, 'supply.mixing.epsilon_mix': 0.5, note: null } },
    state: 'failed',
    reason: 'PhysicsError: no',
    folder,
  };
}

function lent(computePool = { draining: false }): Dependencies {
  return { computePool } as unknown as Dependencies;
}

function run(
  request: HookRequest,
  environment = new MockActivityEnvironment(),
  dependencies = lent(),
): Promise<HookResult> {
  return environment.run(runHookWith(dependencies), request) as Promise<HookResult>;
}

function logOf(result: HookResult): string {
  return fs.readFileSync(result.log, 'utf8');
}

describe('a hook', () => {
  it('runs in the folder of its case, and finds there and in its environment what it needs', async () => {
    const request = asked('pwd; env | grep ^MARSDISK_ | sort; sleep 0 & wait; echo to stderr >&2');
    const result = await run(request);
    expect(result).toEqual({
      ...{ ok: true, exitCode: 0, reason: null, attempts: 1, stderr: 'to stderr\n' },
      log: path.join(request.folder, 'logs', 'hook-after_case.log'),
    });
    const [title, folder, ...rest] = logOf(result).split('\n');
    expect(title).toMatch(/^after_case, attempt 1: pwd; env/);
    expect(folder).toBe(request.folder);
    expect(rest).toEqual([
      `MARSDISK_BATCH=${request.batch}`,
      'MARSDISK_CASE=T4000_eps0p5',
      `MARSDISK_CASE_FOLDER=${request.folder}`,
      'MARSDISK_HOOK=after_case',
      'MARSDISK_REASON=PhysicsError: no',
      'MARSDISK_STATE=failed',
      'MARSDISK_TAG=supply',
      'MARSDISK_TITLE=T4000_eps0p5',
      'MARSDISK_VALUES={"T":4000,"supply.mixing.epsilon_mix":0.5,"note":null}',
      'MARSDISK_VALUE_T=4000',
      'MARSDISK_VALUE_note=',
      'MARSDISK_VALUE_supply_mixing_epsilon_mix=0.5',
      ...['to stderr', '', 'after_case: exit code 0', ''],
    ]);
  });

  it('behind the batch runs in the folder of the batch', async () => {
    const request = { ...asked('pwd; echo "$MARSDISK_HOOK $MARSDISK_STATE"'), case: null, state: 'complete' };
    const result = await run(request);
    expect(result.log).toBe(path.join(request.batch, 'checks', 'hook-after_batch.log'));
    expect(logOf(result)).toContain(`\n${request.batch}\nafter_batch complete\n`);
  });

  it('is tried again as often as it may be, and no more', async () => {
    const count = 'echo x >> "$F/tries"; test $(wc -l < "$F/tries") -ge';
    const healed = asked(`${count} 2 || { echo "not yet" >&2; exit 7; }`, { attempts: 3 });
    expect(await run(healed)).toMatchObject({ ok: true, attempts: 2, reason: null });
    const hopeless = asked(`${count} 9 || { echo "not yet" >&2; exit 7; }`, { attempts: 2 });
    const result = await run(hopeless);
    expect(result).toMatchObject({ ok: false, exitCode: 7, attempts: 2, stderr: 'not yet\n' });
    expect(result.reason).toBe('hook after_case: exit code 7 (attempt 2): not yet');
    expect(fs.readFileSync(path.join(hopeless.folder, 'tries'), 'utf8')).toBe('x\nx\n');
    expect(logOf(result).match(/^after_case, attempt/gm)).toHaveLength(2);
  });

  it('goes on counting where the attempt before it was lost with its worker', async () => {
    const environment = new MockActivityEnvironment({ heartbeatDetails: { failed: 2 } });
    expect(await run(asked('exit 7', { attempts: 3 }), environment)).toMatchObject({
      ok: false,
      attempts: 3,
    });
  });

  it('reports a command that does not exist, and one that is killed', async () => {
    expect(await run(asked('no-such-command-of-mine'))).toMatchObject({ ok: false, exitCode: 127 });
    const killed = await run(asked('kill -SEGV $$'));
    expect(killed).toMatchObject({ exitCode: null, reason: 'hook after_case: ended by SIGSEGV' });
  });

  it('ends with everything that it has started when its time is over', async () => {
    const child = `sh -c "trap '' TERM; echo \\$\\$ > '$F/child'; while :; do sleep 1; done" & wait`;
    const request = asked(child, { timeout: 1.5 });
    const [result, pid] = await Promise.all([run(request), pidIn(path.join(request.folder, 'child'))]);
    expect(result).toMatchObject({ ok: false, exitCode: null });
    expect(result.reason).toBe('hook after_case: not done after 1.5 s, and ended');
    await gone(pid);
  });

  it('is no success when it answers the end of its time with success', async () => {
    const request = asked("trap 'exit 0' TERM; while :; do sleep 0.1; done", { timeout: 0.5 });
    expect(await run(request)).toMatchObject({ ok: false, exitCode: 0 });
  });

  it('leaves nothing running behind it', async () => {
    const request = asked('sleep 1000 & echo $! > "$F/child"');
    expect(await run(request)).toMatchObject({ ok: true });
    await gone(await pidIn(path.join(request.folder, 'child')));
  });

  it('may write as much as it likes: the log keeps the beginning and the end', async () => {
    const result = await run(asked('head -c 20000000 /dev/zero | tr "\\0" x; echo; echo the end'));
    expect(result.ok).toBe(true);
    const text = logOf(result);
    expect(text.length).toBeLessThan(1.2 * keptAtStart);
    expect(text).toMatch(/xxx\n\[\d+ bytes left out\]\nxxx/);
    expect(text).toMatch(/the end\n\nafter_case: exit code 0\n$/);
  });
});

describe('a hook that is ended from outside', () => {
  const forever = 'echo $$ > "$F/pid"; exec sleep 1000';

  it('by a cancel: is gone when the cancel is answered', async () => {
    const request = asked(forever);
    const environment = new MockActivityEnvironment();
    const end = expect(run(request, environment)).rejects.toThrow('CANCELLED');
    const pid = await pidIn(path.join(request.folder, 'pid'));
    environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
    await end;
    expect(isAlive(pid)).toBe(false);
  });

  it('by the end of its worker: is gone, and begins again elsewhere', async () => {
    const request = asked(forever, { attempts: 5 });
    const computePool = { draining: false };
    const end = expect(run(request, new MockActivityEnvironment(), lent(computePool))).rejects.toMatchObject({
      ...{ type: 'WorkerStops', nonRetryable: false },
    });
    const pid = await pidIn(path.join(request.folder, 'pid'));
    computePool.draining = true;
    await end;
    expect(isAlive(pid)).toBe(false);
  });

  it('by a cancel between two attempts: does not begin once more', async () => {
    const request = asked('echo x >> "$F/tries"; echo $$ > "$F/pid"; exit 7', { attempts: 9 });
    const environment = new MockActivityEnvironment();
    const first = new Promise((resolve) => environment.once('heartbeat', resolve));
    const end = expect(run(request, environment)).rejects.toThrow('CANCELLED');
    await first;
    environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
    await end;
    expect(fs.readFileSync(path.join(request.folder, 'tries'), 'utf8')).toBe('x\n');
  });

  it('by a kill of its worker: does not outlive it, grandchildren included', async () => {
    const child = `sh -c "trap '' TERM HUP; echo \\$\\$ > '$F/child'; while :; do sleep 1; done" & wait`;
    const request = asked(child);
    const worker = spawn(
      process.execPath,
      [path.resolve('tests/activities/hooks/hookWorker.mjs'), JSON.stringify(request)],
      {
        stdio: 'inherit',
      },
    );
    const pid = await pidIn(path.join(request.folder, 'child'));
    expect(isAlive(pid)).toBe(true);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await gone(pid);
  });
});
