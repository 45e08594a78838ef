import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson } from '../../src/store/documents.js';
import { layoutOf } from '../../src/store/layout.js';
import { writeSealed } from '../../src/store/sealed.js';
import { finish, shortSpec } from '../activities/finishedRun.js';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'converge-'));
afterAll(() => fs.rmSync(outdir, { recursive: true }));

const configuration = [
  'configs/quickstart.yml',
  'numerics.t_end_years=1e-4',
  'sizes.n_bins=12',
  'io.figures=false',
];

function marsdisk(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/marsdisk', ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** A finished run as a command leaves it, with the server that it was made on. */
async function runIn(folder: string, ...overrides: string[]): Promise<void> {
  await finish(await shortSpec(folder, ...overrides));
  const { runConfig } = layoutOf(folder);
  const { seal: _, ...config } = readJson(runConfig) as Record<string, unknown>;
  writeSealed(runConfig, { ...config, provenance: { server: { home: folder } } });
}

describe('marsdisk converge', () => {
  test('compares 6, 12, 24 and 48 bins and two tolerances', () => {
    const { code, stdout } = marsdisk('converge', ...configuration, '--finer', '--json', '--quiet');
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found.runs.map(({ bins, rtol }: { bins: number; rtol: number }) => [bins, rtol])).toEqual([
      ...[
        [6, 1e-6],
        [12, 1e-6],
        [24, 1e-6],
        [48, 1e-6],
        [12, 1e-7],
      ],
    ]);
    const lost = found.numbers.find(({ name }: { name: string }) => name === 'M_loss');
    expect(new Set(lost.byBins).size).toBe(4);
    expect(Math.abs(lost.tolerance)).toBeLessThan(1e-5);
    expect(Math.abs(lost.resolution)).toBeGreaterThan(1e-5);
    expect(found.caveat).toMatch(/whole converges to a limit of its own/);
  });

  test.each([
    ['an odd number of bins', ['sizes.n_bins=13'], /even number/],
    ['too few', ['sizes.n_bins=6'], /at least 8/],
    [
      'no run to store it beside',
      ['--store', '--outdir', path.join(outdir, 'nothing')],
      /holds no finished run/,
    ],
  ])('refuses %s', (_, args, message) => {
    const { code, stderr } = marsdisk('converge', ...configuration, ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('stored beside its run, it is quoted by the report; beside another one it is not', async () => {
    const folder = path.join(outdir, 'run');
    await runIn(folder);
    expect(marsdisk('status', folder).stdout).not.toMatch(/Errors by resolution/);
    expect(marsdisk('converge', ...configuration, '--store', '--outdir', folder, '--quiet').code).toBe(0);
    const report = marsdisk('status', folder);
    expect(report.stdout).toMatch(
      /Errors by resolution \(marsdisk converge\)\n {2}M_loss +\S+ M_Mars +[±+−][\d.e-]+ % by 12 bins/,
    );
    const other = path.join(outdir, 'other');
    await runIn(other, 'numerics.rtol=1e-5');
    fs.copyFileSync(
      path.join(folder, 'checks/convergence.json'),
      path.join(other, 'checks/convergence.json'),
    );
    expect(marsdisk('status', other).stdout).not.toMatch(/Errors by resolution/);
  });
});
