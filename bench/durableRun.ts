/**
 * What durability costs: the whole command with a cold server, a segment, and the way back after a kill. Wall time, because that is what
 * a person waits for; each row is set against the bare solver on the same job in the same process, or against its limit.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRunSpec } from '../src/config/load.js';
import { modelNamed } from '../src/sim/models.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-bench-'));
const job = 'configs/quickstart.yml';

interface Timed {
  /** s from start to end of the command */
  readonly total: number;
  /** s from start to the first segment that it computes */
  readonly toSegment: number;
}

/** Runs a command with the events of its worker on stderr, and times it. */
function timed(
  name: string,
  home: string,
  overrides: readonly string[],
  kill: object | null = null,
): Promise<Timed> {
  const args = [
    'tests/durability/killable.mjs',
    'run',
    job,
    ...overrides,
    '--quiet',
    '--outdir',
    path.join(folder, name),
  ];
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      MARSDISK_HOME: path.join(folder, home),
      MARSDISK_TEST_KILL: JSON.stringify(kill),
      MARSDISK_TEST_TRACE: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let toSegment = Number.NaN;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (Number.isNaN(toSegment) && said.includes('event segment-started'))
      toSegment = (performance.now() - began) / 1000;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code === 0 || (kill !== null && signal === 'SIGKILL')) {
        resolve({ total: (performance.now() - began) / 1000, toSegment });
      } else reject(new Error(`exit ${code ?? signal}: ${said.slice(-2000)}`));
    });
  });
}

/** The same job without Temporal, threads and files: least wall time of a few runs, s. */
async function bareSolver(): Promise<number> {
  const spec = await loadRunSpec({ file: path.join(root, job) });
  const model = modelNamed(spec.model);
  const params = model.params.parse(spec.params);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i += 1) {
    const began = performance.now();
    model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, { write() {} });
    least = Math.min(least, (performance.now() - began) / 1000);
  }
  return least;
}

interface Row {
  readonly what: string;
  readonly seconds: number;
  readonly limit: number | null;
}

const bare = await bareSolver();
const plain = ['io.figures=false', 'numerics.checkpoint.interval_years=100'];
const rows: Row[] = [{ what: 'bare solver, warm', seconds: bare, limit: null }];

const cold = await timed('cold', 'cold', []);
rows.push({ what: 'whole command, cold server', seconds: cold.total, limit: 10 });
rows.push({ what: '… until its first segment', seconds: cold.toSegment, limit: 4 });

const one = await timed('one', 'segments', plain);
for (const segments of [10, 100, 500]) {
  const steps = Math.ceil(539 / segments);
  const many = await timed(`n${segments}`, 'segments', [...plain, `execution.segment_max_steps=${steps}`]);
  const count = Math.ceil(539 / steps);
  rows.push({
    what: `one of ${count} segments`,
    seconds: (many.total - one.total) / (count - 1),
    limit: 0.025,
  });
}

const cut = [...plain, 'execution.segment_max_steps=50'];
for (const what of ['node', 'all']) {
  await timed(`mid-${what}`, `mid-${what}`, cut, { at: 'step', segment: 5, step: 20, what });
  const back = await timed(`mid-${what}`, `mid-${what}`, cut);
  rows.push({
    what: `next segment after kill -9 of ${what} in a segment`,
    seconds: back.toSegment,
    limit: 4,
  });
  await timed(`task-${what}`, `task-${what}`, cut, { at: 'workflow-task', count: 5, what });
  const task = await timed(`task-${what}`, `task-${what}`, cut);
  rows.push({
    what: `next segment after kill -9 of ${what} in a workflow task`,
    seconds: task.toSegment,
    limit: 12,
  });
}
rmSync(folder, { recursive: true });

console.log('| what | s | x bare solver | limit, s | of limit |');
console.log('|---|---|---|---|---|');
for (const { what, seconds, limit } of rows) {
  const share = limit === null ? '' : (seconds / limit).toFixed(2);
  console.log(
    `| ${what} | ${seconds.toFixed(3)} | ${(seconds / bare).toFixed(2)} | ${limit ?? ''} | ${share} |`,
  );
}
