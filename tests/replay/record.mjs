/**
 * Records the histories that tests/replay replays: `node tests/replay/record.mjs [NAME...]`. Real runs on a real server, with a killed worker
 * (so that a segment is attempted twice), continue-as-new, a new execution after a termination, and one that was paused, resumed and
 * cancelled; a sweep that was cancelled, went on, and handed over with cases running, one of which failed; a common beginning of cases that
 * was paused, resumed, and handed over, and the sweep around it. Run it when the workflow changes on purpose and no run of the older version needs to go on; keep the old files otherwise:
 * they are the promise that such runs replay.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

function spawned(args, kill, onText) {
  const env = {
    ...process.env,
    MARSDISK_HOME: home,
    MARSDISK_TEST_KILL: JSON.stringify(kill),
    MARSDISK_TEST_POLICY: JSON.stringify(policy),
    MARSDISK_TEST_SWEEP_POLICY: '{"continueAsNewAfterCases":2}',
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['tests/durability/killable.mjs', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      process.stderr.write(text);
      onText(text);
    });
    child.on('close', resolve);
  });
}

const short = ['radiation.qpr_table_path=null', 'radiation.Q_pr=1', 'numerics.t_end_years=0.01'];

function run(name, kill, onText = () => {}) {
  const cut = ['io.figures=false', 'execution.segment_max_steps=50', '--outdir', path.join(folder, name)];
  return spawned(['run', 'configs/quickstart.yml', ...short, ...cut], kill, onText);
}

const workflowIdOf = (name) => {
  const file = ['swept', 'shared'].includes(name)
    ? path.join(batchOf(name), 'sweep_id')
    : path.join(folder, name, 'run_id');
  return readFileSync(file, 'utf8').trim();
};

/** Five cases, the fourth of which fails. */
const five = {
  axes: { T: [5000, 4000, 3000, 2000, 1500] },
  per_case: [{ where: { T: 2000 }, set: { 'numerics.max_steps': 5 } }],
};

/** Three cases that end at different times. */
const late = { axes: { 'numerics.t_end_years': [3, 9, 5] } };

function sweepFile(name, parts, overrides = {}) {
  const file = path.join(folder, `${name}.json`);
  const sweep = {
    base: path.join(root, 'configs/quickstart.yml'),
    tag: name,
    root: folder,
    overrides: {
      'radiation.qpr_table_path': null,
      'radiation.Q_pr': 1,
      'numerics.t_end_years': 0.002,
      'execution.segment_max_steps': 80,
      'io.figures': false,
      ...overrides,
    },
    ...parts,
  };
  writeFileSync(file, JSON.stringify(sweep));
  return file;
}

/** The only batch of a sweep. */
function batchOf(name) {
  const [batch] = readdirSync(path.join(folder, name)).filter((entry) => entry.includes('__seed'));
  return path.join(folder, name, batch);
}

const scenarios = {
  async killed(name) {
    await run(name, { at: 'step', segment: 1, step: 20, what: 'node' });
    await run(name, null);
  },
  async terminated(name) {
    await run(name, { at: 'segment-computed', segment: 2, what: 'node' });
    await client.workflow.getHandle(workflowIdOf(name)).terminate('recorded on purpose');
    await run(name, null);
  },
  async controlled(name) {
    const control = (verb) => spawned([verb, path.join(folder, name)], null, () => {});
    const words = [() => control('pause').then(() => control('resume')), () => control('cancel')];
    const holds = [2, 4].map((segment) => ({ at: 'step', segment, step: 20, what: 'hold' }));
    await run(name, holds, (text) => {
      if (text.includes('held at step')) words.shift()();
    });
    await run(name, null);
  },
  async swept(name) {
    const command = ['sweep', sweepFile(name, five), '-j', '2'];
    await spawned(command, { at: 'step', segment: 0, step: 20, what: 'hold' }, (text) => {
      if (text.includes('held at step')) void spawned(['cancel', batchOf(name)], null, () => {});
    });
    await spawned(command, null, () => {});
  },
  async shared(name) {
    const long = {
      'numerics.t_end_years': undefined,
      'numerics.rtol': 1e-9,
      'sizes.n_bins': 12,
      'execution.segment_max_steps': 600,
    };
    const command = ['sweep', sweepFile(name, late, long), '-j', '3'];
    const control = (verb) => spawned([verb, batchOf(name)], null, () => {});
    await spawned(command, { at: 'step', segment: 1, step: 20, what: 'hold' }, (text) => {
      if (text.includes('held at step')) void control('pause').then(() => control('resume'));
    });
    // The beginning is a workflow beside the sweep, named after the case that leads it.
    const led = readdirSync(batchOf(name)).filter((entry) => entry.startsWith('t_end'));
    for (const title of led) {
      const id = `${readFileSync(path.join(batchOf(name), title, 'run_id'), 'utf8').trim()}-beginning`;
      await save(`${name}Beginning`, id);
    }
  },
};

const server = await useServer({ home, onMessage: (message) => console.error(message) });
const connection = await Connection.connect({ address: server.address });
const client = new Client({ connection });

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenarios);
for (const name of wanted) {
  await scenarios[name](name);
  await save(name, workflowIdOf(name));
}

/** Writes the histories of all executions of a workflow; there may be none. */
async function save(name, id) {
  const executions = [];
  for await (const { workflowId, runId, startTime } of client.workflow.list({
    query: `WorkflowId = "${id}"`,
  })) {
    executions.push({ workflowId, runId, startTime });
  }
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
