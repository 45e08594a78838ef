/**
 * The command line with a port for kills: the only place that sets the worker's hooks. What to kill, and where, comes as JSON in
 * MARSDISK_TEST_KILL: `{ at, what, count?, segment?, step? }`.
 *
 * at: `step` (exact step of a segment, thread held there), `workflow-task` (n-th completion is never sent), or an event of the activities.
 * With MARSDISK_TEST_TRACE set, every event is also written to stderr, and at the end the largest resident memory of the process.
 *
 * what: `node` (this process), `server`, `all` (server, then this process), `hold` (at a `step` only: nothing dies, the thread waits there
 * until its segment is ended from outside, and stderr says so).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { partsOf } from '../../bin/processLock.mjs';
import { main } from '../../dist/src/cli/main.js';
import { setHooks } from '../../dist/src/worker/hooks.js';

const plan = JSON.parse(process.env.MARSDISK_TEST_KILL ?? 'null');
let seen = 0;

function strike() {
  if (plan.what !== 'node') {
    const record = JSON.parse(readFileSync(path.join(process.env.MARSDISK_HOME, 'server.json'), 'utf8'));
    process.kill(partsOf(record.identity).pid, 'SIGKILL');
  }
  if (plan.what !== 'server') process.kill(process.pid, 'SIGKILL');
}

function at(name, detail) {
  if (process.env.MARSDISK_TEST_TRACE) process.stderr.write(`event ${name} ${JSON.stringify(detail)}\n`);
  if (plan === null || name !== plan.at) return;
  if (plan.segment !== undefined && detail.segment !== plan.segment) return;
  seen += 1;
  if (seen !== (plan.count ?? 1)) return;
  if (plan.what !== 'hold') return strike();
  process.stderr.write(`held at step ${detail.step} of segment ${detail.segment}\n`);
  return 'hold';
}

if (process.env.MARSDISK_TEST_TRACE) {
  process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS * 1024}\n`));
}

setHooks({
  onEvent: at,
  haltAtStep: (task) =>
    plan?.at === 'step' && task.segment === plan.segment && seen === 0 ? plan.step : null,
  policy: JSON.parse(process.env.MARSDISK_TEST_POLICY ?? '{}'),
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

process.exitCode = await main(process.argv.slice(2));
