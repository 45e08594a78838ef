/**
 * `heatRun.mjs HOME OUTDIR END STEPS`: the run of the model with a state of 8 MB on the embedded server of HOME, cut into segments of so many
 * steps; the same command goes on after a kill. What `marsdisk run` does, without a configuration file, which knows the Mars disk only.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.MARSDISK_TEST_THREAD = fileURLToPath(new URL('./heatThread.mjs', import.meta.url));
process.env.MARSDISK_HOME = process.argv[2];
await import('./killPort.mjs');
await import('./heatModel.mjs');
const { historyOf } = await import('../../dist/src/activities/runHistory.js');
const { continueRun, startRun } = await import('../../dist/src/cli/attach.js');
const { embeddedWorker, taskQueueOf } = await import('../../dist/src/cli/embeddedWorker.js');
const { outcomeOf } = await import('../../dist/src/cli/outcome.js');
const { takeOverFromTheDead } = await import('../../dist/src/cli/recovery.js');
const { openSession } = await import('../../dist/src/cli/session.js');
const { layoutOf } = await import('../../dist/src/store/layout.js');
const { makeFolder } = await import('../../dist/src/store/folders.js');
const { readOrCreateRunId } = await import('../../dist/src/store/runId.js');

const [home, outdir, end, steps] = process.argv.slice(2);
const say = (message) => process.stderr.write(`${message}\n`);
const spec = {
  title: 'heat',
  model: 'heat-ring',
  params: { cells: 1_000_000, end: Number(end) },
  identity: `heat-${end}`,
  segments: { interval: 1e9, maxSteps: Number(steps), maxCompute: 1e9, minCompute: null, runSteps: 1e7 },
  checkpoints: { enabled: true, folder: path.join(outdir, 'checkpoints'), format: 'binary', keepLast: 2 },
  resume: { enabled: false, from: null },
  streaming: { memoryLimit: null, flushRows: null, merge: true, removeParts: true },
  archive: null,
  memoryLimit: 2 ** 31,
  outdir,
  figures: false,
  configuration: {},
  origins: {},
  inputs: [],
  warnings: [],
};

const session = await openSession({ home }, say);
makeFolder(outdir);
const workflowId = readOrCreateRunId(layoutOf(outdir), spec.title);
const history = await historyOf(session.client, workflowId);
const taskQueue = taskQueueOf(session, workflowId);
const worker = await embeddedWorker(session, taskQueue);
const execution = {
  client: session.client,
  workflowId,
  taskQueue,
  spec,
  searchAttributes: false,
};
if (history === 'none') await startRun(execution, null);
else if (history === 'running') await takeOverFromTheDead(session.client, session.namespace, workflowId);
else if (history === 'closed') await continueRun(execution);
await outcomeOf(session.client, workflowId, new AbortController().signal);
await worker.shutdown();
await session.release();
