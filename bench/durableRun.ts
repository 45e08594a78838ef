/**
 * What durability costs: the whole command with a cold server, a segment, and the way back after a kill. Wall time, because that is what
 * a person waits for; each row is set against the bare solver on the same job in the same process, and against its limit; a segment also against
 * one of Temporal alone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRunSpec } from '../src/config/load.js';
import { modelOf } from '../src/sim/models.js';
import { bareSegment } from './temporal/bareSegments.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-bench-'));
const job = 'configs/quickstart.yml';

interface Timed {
  /** s from start to end of the command */
  readonly total: number;
  /** s from start to the first segment that it computes */
  readonly toSegment: number;
}

/** Runs a command, with the events of its worker on stderr, and times it. */
function timed(
  name: string,
  home: string,
  overrides: readonly string[],
  kill: object | null = null,
  traced = true,
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
      ...(traced ? { MARSDISK_TEST_TRACE: '1' } : {}),
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

/** The same job without Temporal, threads and files: least wall time of a few runs, s, and its steps. */
async function bareSolver(overrides: string[] = []): Promise<{ seconds: number; steps: number }> {
  const spec = await loadRunSpec({ file: path.join(root, job), overrides });
  const { model, params } = modelOf(spec);
  let least = Number.POSITIVE_INFINITY;
  let steps = 0;
  for (let i = 0; i < 5; i += 1) {
    const began = performance.now();
    const end = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, {
      write() {},
    });
    least = Math.min(least, (performance.now() - began) / 1000);
    steps = model.status(end, params).steps;
  }
  return { seconds: least, steps };
}

interface Row {
  readonly what: string;
  readonly seconds: number;
  readonly limit: number | null;
}

const { seconds: bare } = await bareSolver();
const plain = ['io.figures=false', 'numerics.checkpoint.interval_years=100'];
const rows: Row[] = [{ what: 'bare solver, warm', seconds: bare, limit: null }];

const cold = await timed('cold', 'cold', []);
rows.push({ what: 'whole command, cold server', seconds: cold.total, limit: 10 });
rows.push({ what: '… until its first segment', seconds: cold.toSegment, limit: 4 });

const warm = await timed('warm', 'cold', [...plain]);
rows.push({ what: 'until the first segment, files warm', seconds: warm.toSegment, limit: 4 });

const floor = await bareSegment(path.join(folder, 'floor'), 300);
rows.push({ what: 'a segment that does nothing (Temporal alone)', seconds: floor, limit: null });

const fine = [...plain, 'numerics.rtol=1e-8'];
const whole = await bareSolver(['numerics.rtol=1e-8']);

/** s of the whole command, the least of three. */
async function least(name: string, overrides: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (const turn of [1, 2, 3]) {
    times.push((await timed(`${name}-${turn}`, 'segments', [...fine, ...overrides], null, false)).total);
  }
  return Math.min(...times);
}

const one = await least('one', []);
for (const segments of [100, 1000]) {
  const steps = Math.ceil(whole.steps / segments);
  const many = await least(`n${segments}`, [`execution.segment_max_steps=${steps}`]);
  const count = Math.ceil(whole.steps / steps);
  rows.push({
    what: `one of ${count} segments`,
    seconds: (many - one) / (count - 1),
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
