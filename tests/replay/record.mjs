/**
 * Records the histories that tests/replay replays: `node tests/replay/record.mjs`. Real runs on a real server, with a killed worker (so
 * that a segment is attempted twice), continue-as-new, and a new execution after a termination. Run it when the workflow changes on
 * purpose and no run of the older version needs to go on; keep the old files otherwise: they are the promise that such runs replay.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { useServer } from '../../dist/src/worker/server/embedded.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-record-'));
const home = path.join(folder, 'home');
/** `host:pid:starttime`, which also stands in the names of sticky queues. */
const processIdentityPattern = new RegExp(`${hostname()}:\\d+:\\d+`, 'g');
const policy = { manifestEverySegments: 2, continueAsNewAfterSegments: 4 };

function command(name, kill, onLine = () => {}) {
  const args = [
    'tests/durability/killable.mjs',
    ...[
      'run',
      'configs/quickstart.yml',
      'radiation.qpr_table_path=null',
      'radiation.Q_pr=1',
      'io.figures=false',
    ],
    ...['numerics.t_end_years=0.01', 'execution.segment_max_steps=50', '--outdir', path.join(folder, name)],
  ];
  const env = {
    ...process.env,
    MARSDISK_HOME: home,
    MARSDISK_TEST_KILL: JSON.stringify(kill),
    MARSDISK_TEST_POLICY: JSON.stringify(policy),
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      process.stderr.write(text);
      onLine(text);
    });
    child.on('close', resolve);
  });
}

const server = await useServer({ home, onMessage: (message) => console.error(message) });
const connection = await Connection.connect({ address: server.address });
const client = new Client({ connection });

await command('killed', { at: 'step', segment: 1, step: 20, what: 'node' });
await command('killed', null);
await command('terminated', { at: 'segment-computed', segment: 2, what: 'node' });
const id = readFileSync(path.join(folder, 'terminated/run_id'), 'utf8').trim();
await client.workflow.getHandle(id).terminate('recorded on purpose');
await command('terminated', null);

const counts = {};
for await (const { workflowId, runId, startTime } of client.workflow.list()) {
  const name = workflowId.startsWith('quickstart') && workflowId === id ? 'terminated' : 'killed';
  counts[name] ??= [];
  counts[name].push({ workflowId, runId, startTime });
}
for (const [name, executions] of Object.entries(counts)) {
  executions.sort((a, b) => a.startTime - b.startTime);
  for (const [i, { workflowId, runId }] of executions.entries()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    // Folders of this machine are nothing to commit; the replay does not look at them.
    const text = historyToJSON(history).replaceAll(processIdentityPattern, 'recorded');
    writeFileSync(path.join(root, 'tests/replay/histories', `${name}-${i + 1}.json`), text);
  }
}
await connection.close();
await server.release();
rmSync(folder, { recursive: true });
