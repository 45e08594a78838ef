/**
 * What a run holds in memory: the largest resident memory of the process that computes it (segments, merge, check, figure), for more and
 * more rows of the same ten years. The embedded server is a process of its own and is not counted.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-bench-'));

interface Measured {
  readonly rows: number;
  readonly peak: number;
}

function measured(name: string, overrides: readonly string[]): Promise<Measured> {
  const run = [
    'run',
    'configs/quickstart.yml',
    ...overrides,
    '--quiet',
    '--json',
    '--outdir',
    path.join(folder, name),
  ];
  const child = spawn(process.execPath, ['tests/durability/killable.mjs', ...run], {
    cwd: root,
    env: { ...process.env, MARSDISK_HOME: path.join(folder, 'home'), MARSDISK_TEST_TRACE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let result = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const peak = /^peak (\d+)$/m.exec(said);
      if (code !== 0 || peak === null) return reject(new Error(`exit ${code}: ${said.slice(-2000)}`));
      const files = JSON.parse(result).summary.files as { rows: number }[];
      resolve({ rows: Math.max(...files.map((file) => file.rows)), peak: Number(peak[1]) });
    });
  });
}

const limit = 512 * 2 ** 20;
const cases: Record<string, readonly string[]> = {
  'every step': [],
  'every 12 h': ['io.output_every=12 h'],
  'every 70 min': ['io.output_every=70 min'],
  'every 10 min': ['io.output_every=10 min'],
  'every step, no figure': ['io.figures=false'],
  'every 70 min, no figure': ['io.output_every=70 min', 'io.figures=false'],
};
console.log('| rows | number | peak, MiB | x first | of 512 MiB |');
console.log('|---|---|---|---|---|');
let first = Number.NaN;
for (const [name, overrides] of Object.entries(cases)) {
  const { rows, peak } = await measured(name.replaceAll(/\W+/g, '-'), overrides);
  if (Number.isNaN(first)) first = peak;
  console.log(
    `| ${name} | ${rows} | ${(peak / 2 ** 20).toFixed(0)} | ${(peak / first).toFixed(2)} | ${(peak / limit).toFixed(2)} |`,
  );
}
rmSync(folder, { recursive: true });
