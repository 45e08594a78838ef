/**
 * A port for kills, for scripts that run a worker: the only place that sets its hooks. What to kill, and where, comes as JSON in
 * MARSDISK_TEST_KILL: `{ at, what, count?, segment?, step?, process? }`, or a list of such, which strike one after the other.
 *
 * at: `step` (exact step of a segment, of the next one if none is named; thread held there), `workflow-task` (n-th completion is never sent),
 * or an event of the activities. With MARSDISK_TEST_TRACE set, every event and every kill is also written to stderr, and at the end the
 * largest resident memory of the process, bytes, and its CPU time, s.
 *
 * what: `node` (this process), `server`, `all` (server, then this process), `process` (the one whose pid or identity the file `process`
 * holds), `hold` (at a `step` only: nothing dies, the thread waits there until its segment is ended from outside, and stderr says so),
 * `stop` (the whole process stands still as after SIGSTOP, and stderr says so; SIGCONT wakes it).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { partsOf } from '../../bin/processLock.mjs';
import { setHooks } from '../../dist/src/worker/hooks.js';

const plans = [JSON.parse(process.env.MARSDISK_TEST_KILL ?? '[]') ?? []].flat();
let plan = plans.shift() ?? null;
let seen = 0;

function strike(detail) {
  const { what, at: place, process: file } = plan;
  plan = plans.shift() ?? null;
  seen = 0;
  trace('struck', { what, at: place, ...detail });
  if (what === 'stop') {
    process.stderr.write(`stopped at ${place}\n`);
    process.kill(process.pid, 'SIGSTOP');
  }
  if (what === 'process') kill(pidIn(file));
  if (what === 'server' || what === 'all') kill(serverPid());
  if (what === 'node' || what === 'all') kill(process.pid);
}

/** Of two kills the second may come before what the first one killed is back. */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    trace('missed', {});
  }
}

function serverPid() {
  return partsOf(
    JSON.parse(readFileSync(path.join(process.env.MARSDISK_HOME, 'server.json'), 'utf8')).identity,
  ).pid;
}

/** The first line of a file: a bare pid, or the identity of a process. */
function pidIn(file) {
  const [line] = readFileSync(file, 'utf8').split('\n');
  return Number(line) || partsOf(line).pid;
}

function trace(name, detail) {
  if (process.env.MARSDISK_TEST_TRACE) process.stderr.write(`event ${name} ${JSON.stringify(detail)}\n`);
}

function at(name, detail) {
  trace(name, detail);
  if (plan === null || name !== plan.at) return;
  if (plan.segment !== undefined && detail.segment !== plan.segment) return;
  seen += 1;
  if (seen !== (plan.count ?? 1)) return;
  if (plan.what !== 'hold') return strike(detail);
  plan = plans.shift() ?? null;
  seen = 0;
  process.stderr.write(`held at step ${detail.step} of segment ${detail.segment}\n`);
  return 'hold';
}

if (process.env.MARSDISK_TEST_TRACE) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write(`peak ${maxRSS * 1024}\ncpu ${(userCPUTime + systemCPUTime) / 1e6}\n`);
  });
}

setHooks({
  onEvent: at,
  haltAtStep: (task) =>
    plan?.at === 'step' && (plan.segment ?? task.segment) === task.segment && seen === 0 ? plan.step : null,
  policy: JSON.parse(process.env.MARSDISK_TEST_POLICY ?? '{}'),
  sweepPolicy: JSON.parse(process.env.MARSDISK_TEST_SWEEP_POLICY ?? '{}'),
  engine: process.env.MARSDISK_TEST_ENGINE ?? null,
  recovery: JSON.parse(process.env.MARSDISK_TEST_RECOVERY ?? 'null'),
  threadModule: process.env.MARSDISK_TEST_THREAD ?? null,
  onWorker(worker) {
    // The task is in flight: the server has handed it out, and its completion is never sent.
    const native = worker.nativeWorker;
    const complete = native.completeWorkflowActivation;
    native.completeWorkflowActivation = (...args) => {
      at('workflow-task', {});
      return complete(...args);
    };
  },
});
