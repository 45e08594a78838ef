import { readFileSync } from 'node:fs';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import { marsParams } from '../../../src/sim/mars/params.js';
import { DiskRates } from '../../../src/sim/mars/rates.js';
import { RowWriter } from '../../../src/sim/mars/rows.js';
import { rateAt } from '../../../src/sim/mars/supply/law.js';
import { DenseOutput } from '../../../src/sim/numerics/denseOutput.js';
import { rodas5p } from '../../../src/sim/numerics/rodas5p.js';
import { Rows, wholeRun } from '../../reference/runs.js';
import { BitRows } from '../bytes.js';
import { diskParams } from '../params.js';

const params = diskParams({ output: { every: { kind: 'interval', seconds: 2e6 }, sizeHistoryStride: 4 } });
const { rows, state } = wholeRun(params);
const disk = diskOf(params);
const column = (name: string) => rows.column('run', name);

test('the samples keep the schema', () => {
  expect(marsParams.parse(params)).toEqual(params);
});

test('files, names and units of the tables', () => {
  const tables = marsDisk.tables(params);
  expect(tables.map((table) => table.file)).toEqual([
    'series/run.parquet',
    'series/psd_hist.parquet',
    'series/psd_bins.parquet',
    'checks/mass_budget.csv',
  ]);
  for (const table of tables) {
    const names = table.columns.map((each) => each.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe(table.name === 'psd_bins' ? 'bin' : 'step');
    expect(table.columns[0].type).toBe('int32');
    for (const each of table.columns) expect(each.meaning.length).toBeGreaterThan(5);
  }
  expect(tables[1].columns[2].name).toBe('n000');
  expect(JSON.parse(tables[1].footer.bin_edges_m)).toEqual(Array.from(disk.grid.edges));
});

test('rows: the start, every interval, the end', () => {
  const times = column('time');
  expect(times).toEqual([...Array.from({ length: 15 }, (_, i) => 2e6 * i), 3e7]);
  expect(column('step')[0]).toBe(0);
  expect(column('step')[15]).toBe(state.steps);
  expect(rows.column('psd_hist', 'time')).toEqual([0, 8e6, 1.6e7, 2.4e7, 3e7]);
  expect(rows.column('psd_bins', 'mass')).toEqual(Array.from(disk.grid.masses));
  expect(rows.column('mass_budget', 'time')).toEqual(times);
});

test('every number of a row is finite, and rates are derivatives of the ledgers', () => {
  // Columns of what this run does not have say that they are NaN then.
  const given = marsDisk.tables(params)[0].columns.map(({ meaning }) => !meaning.includes('NaN without'));
  for (const row of rows.tables.run) {
    row.forEach((value, c) => {
      if (given[c]) expect(Number.isFinite(value)).toBe(true);
    });
  }
  const fine = diskParams({
    output: { every: { kind: 'times', times: [9.99e6, 1e7, 1.001e7] } },
    solver: { rtol: 1e-9 },
  });
  const near = wholeRun(fine).rows;
  const slope = (name: string) => (near.column('run', name)[3] - near.column('run', name)[1]) / 2e4;
  const at = (name: string) => near.column('run', name)[2];
  expect(slope('Sigma_blown_out') / at('outflux_surface')).toBeCloseTo(1, 5);
  expect(slope('Sigma_sublimed') / at('sink_flux_surface')).toBeCloseTo(1, 5);
  expect(slope('Sigma_supplied') / at('dotSigma_prod')).toBeCloseTo(1, 9);
  expect(at('M_out_dot')).toBe(at('outflux_surface') * disk.toMarsMasses);
  expect(at('dSigma_dt_total')).toBe(at('dSigma_dt_blowout') + at('dSigma_dt_sinks'));
});

test('the budget is real: it closes, and a false supply would show', () => {
  rows.tables.mass_budget.forEach((_, i) => {
    const value = (name: string) => rows.column('mass_budget', name)[i];
    const lost = value('mass_lost_by_blowout') + value('mass_lost_by_sinks');
    const left = value('mass_remaining') + lost - value('mass_initial') - value('mass_supplied');
    const gross = value('mass_initial') + value('mass_supplied');
    expect(Math.abs(left)).toBeLessThan(2e-15 * gross + Math.abs(value('mass_diff')));
    expect(value('error_percent')).toBeLessThanOrEqual(value('tolerance_percent'));
    expect(Math.abs(value('error_percent') / 100 - Math.abs(value('mass_diff')) / gross)).toBeLessThan(1e-16);
  });
  const richer = {
    ...params,
    supply: {
      ...params.supply!,
      rate: { kind: 'constant' as const, value: rateAt(disk.supply.law, 0) * 1.01 },
    },
  };
  expect(marsDisk.conserved(state, params)[0].error).toBeLessThan(1e-12);
  expect(marsDisk.conserved(state, richer)[0].error).toBeGreaterThan(1e-3);
});

test('numbers in the size history are the masses of the bins', () => {
  const last = rows.tables.psd_hist.at(-1)!;
  disk.grid.masses.forEach((mass, k) => {
    expect(last[2 + k] * mass).toBeCloseTo(Math.max(state.y[k], 0), 14);
  });
});

test('what the method leaves below zero shows as an empty bin, and stays in the sums', () => {
  const sink = new Rows(params);
  const y = state.y.slice();
  y[3] = -1e-20;
  const inside = new DenseOutput(rodas5p, y.length);
  const around = { step: 1, from: 0, length: 3, before: y, after: y, inside };
  new RowWriter(disk, new DiskRates(disk), null, sink).row(2, y, around, 0, true);
  expect(sink.column('psd_hist', 'n003')).toEqual([0]);
  expect(sink.column('run', 'Sigma_surf')[0]).toBe(
    y.subarray(0, disk.grid.bins).reduce((sum, mass) => sum + mass, 0),
  );
});

test('summary: names of the original, null instead of NaN, JSON-safe', () => {
  const summary = marsDisk.summary(state, params);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  for (const name of [
    'M_loss',
    'M_loss_rp_mars',
    'M_loss_from_sublimation',
    'case_status',
    's_blow_m',
    'chi_blow_eff',
  ]) {
    expect(summary[name]).not.toBeNull();
  }
  expect(summary.stop_reason).toBe('t_end');
  expect(summary.stop_time_s).toBe(3e7);
  expect(summary.M_loss).toBe(column('M_loss_cum').at(-1));
  expect(summary.T_M_max).toBe(4000);
  expect(summary.T_M_min).toBe(column('T_M_used').at(-1));
  expect(summary.a_blow_last).toBe(column('a_blow').at(-1));
  expect(summary.tau_last).toBe(column('tau').at(-1));
  expect(summary.tau_max as number).toBeGreaterThanOrEqual(Math.max(...column('tau').slice(-1), 1));
  const start = marsDisk.summary(marsDisk.initial(params), params);
  expect(start.stop_reason).toBeNull();
  expect(start.tau_max).toBeNull();
});

test('status: figures, progress, and the notes on optical depth with their times', () => {
  const status = marsDisk.status(state, params);
  expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  expect(status).toMatchObject({ time: 3e7, end: 3e7, done: true, stopReason: 't_end' });
  expect(status.figures.map((figure) => figure.name)).toEqual([
    'T_M',
    'Sigma_surf',
    'tau',
    'tau_bound',
    'M_loss',
    'mass_error',
  ]);
  const every = wholeRun(diskParams());
  const firstAbove = (name: string) =>
    every.rows.column('run', 'time')[every.rows.column('run', name).findIndex((x) => x > 1)];
  expect(every.state.thickBoundAt).toBe(firstAbove('tau_bound'));
  expect(every.state.thickAt).toBe(firstAbove('tau'));
  expect(status.notes[0]).toMatch(/optically thin picture left: tau_bound passed 1 at t = /);
  expect(status.notes[1]).toMatch(/tau first passed 1 at t = /);
  const thin = diskParams({ tau0: 1e-4, supply: null });
  expect(marsDisk.status(wholeRun(thin).state, thin).notes).toEqual([]);
});

test('a finished run is not advanced', () => {
  const sink = new BitRows();
  const again = marsDisk.advance(state, params, Number.POSITIVE_INFINITY, () => false, sink);
  expect(again).toEqual(state);
  expect(sink.rows).toEqual([]);
});

test('the step code holds no power and no clock', () => {
  for (const file of [
    'mars/rates',
    'mars/collisions',
    'mars/step',
    'mars/totals',
    'mars/rows',
    'mars/observe',
    'mars/sublimation',
    'mars/blowout',
    'numerics/rosenbrock',
    'numerics/lu',
    'numerics/stepControl',
    'numerics/denseOutput',
    'numerics/errorNorm',
  ]) {
    const code = readFileSync(new URL(`../../../src/sim/${file}.ts`, import.meta.url), 'utf8');
    const lines = code.split('\n').filter((line) => !/^\s*(\/?\*|\/\/)/.test(line));
    for (const line of lines) expect(line).not.toMatch(/\*\*(?!\/)|Math\.pow|Math\.random|Date|performance/);
  }
});
