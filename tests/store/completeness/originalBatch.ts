/** Folders as the original program leaves them (spec/original-pipeline.md, physics.md section l). */
import fs from 'node:fs';
import path from 'node:path';
import type { TableDescription } from '../../../src/sim/model.js';
import { OutputFile } from '../../../src/store/outputFile.js';
import { openTable } from '../../../src/store/tableFile.js';

const series: TableDescription = {
  name: 'run',
  file: 'run.parquet',
  columns: ['time', 'dt', 'M_out_dot'].map((name) => ({ name, type: 'float64', unit: '', meaning: '' })),
  footer: {},
};

/** Series of rows at these times, s. */
export function writeSeries(file: string, times: readonly number[]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const output = OutputFile.create(path.dirname(file));
  try {
    const table = openTable(output, series, []);
    const columns = [
      Float64Array.from(times),
      Float64Array.from(times, () => 20),
      new Float64Array(times.length),
    ];
    if (times.length > 0) table.writeGroup(columns, times.length);
    table.finish();
    output.seal();
    output.publish(path.basename(file));
  } finally {
    output.discard();
  }
}

export const times = [20, 40, 60, 80, 90];

export interface CaseValues {
  readonly T: number;
  readonly eps: number;
  readonly tau: number;
  readonly i0: number;
}

/** A finished run. Its summary holds a bare NaN, which is no JSON. */
export function writeRun(folder: string, { T, eps, tau, i0 }: CaseValues): void {
  writeSeries(path.join(folder, 'series/run.parquet'), times);
  const config = {
    run_inputs: { T_M_used: T, rho: 3000 },
    supply: { mixing: { epsilon_mix: eps } },
    optical_depth: { tau0_target: tau },
    init_ei: { i0, e0: 0.5 },
  };
  fs.writeFileSync(path.join(folder, 'run_config.json'), JSON.stringify(config, null, 2));
  fs.writeFileSync(
    path.join(folder, 'summary.json'),
    '{\n  "M_loss": 1e-9,\n  "early_stop_reason": null,\n  "stop_tau_los": NaN,\n  "note": "NaN stays text"\n}',
  );
  const header = 'time,mass_initial,mass_remaining,mass_lost,mass_diff,error_percent,tolerance_percent';
  const rows = times.map((time) => `${time},1e-7,1e-7,0,0,0.001,0.5`);
  fs.mkdirSync(path.join(folder, 'checks'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'checks/mass_budget.csv'), `${[header, ...rows].join('\n')}\n`);
}
