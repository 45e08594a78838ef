/** Drives the compute thread's own code as the workflow does, without a server: segments, parts, checkpoint files, merge. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { RowsWritten } from '../../../src/activities/segmentTask.js';
import { loadRunSpec } from '../../../src/config/load.js';
import type { RunSpec } from '../../../src/config/runSpec.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import type { MarsState } from '../../../src/sim/mars/state.js';
import { readCheckpoint } from '../../../src/store/checkpoints/file.js';
import { type RunOf, restore } from '../../../src/store/checkpoints/state.js';
import { layoutOf } from '../../../src/store/layout.js';
import type { SegmentRecord } from '../../../src/store/manifest.js';
import { mergeSeries } from '../../../src/store/merge.js';
import { publishSpec } from '../../../src/store/specs.js';
import runSegment from '../../../src/worker/segmentThread.js';
import { nextBoundary } from '../../../src/workflows/segments.js';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-checkpoints-'));
globalThis.afterAll?.(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** The reduced run of half a minute, and 27 days in two segments. */
export const configurations = {
  reduced: ['numerics.t_end_years=1e-6', 'numerics.checkpoint.interval_years=2e-7'],
  month: [
    'radiation.TM_K=4700',
    'numerics.t_end_until_temperature_K=4500',
    'numerics.checkpoint.interval_years=0.04',
  ],
};

export function freshFolder(): string {
  return fs.mkdtempSync(path.join(scratch, 'run-'));
}

/** @param overrides beside those of the configuration; the folder is fresh */
export function specOf(configuration: keyof typeof configurations, ...overrides: string[]): Promise<RunSpec> {
  return loadRunSpec({
    file: 'configs/quickstart.yml',
    overrides: [
      'radiation.Q_pr=1',
      'sizes.n_bins=12',
      'supply.enabled=false',
      'numerics.checkpoint.enabled=true',
      'numerics.checkpoint.keep_last_n=0',
      ...configurations[configuration],
      ...overrides,
    ],
    outdir: freshFolder(),
  });
}

export function runOf(spec: RunSpec): RunOf<MarsParams, MarsState> {
  return { model: marsDisk, params: spec.params as MarsParams, identity: spec.identity };
}

/** What a run leaves behind. */
export interface Driven {
  readonly outdir: string;
  readonly segments: number;
  /** Encoded state behind each segment, in hex. */
  readonly states: readonly string[];
  readonly final: MarsState;
  /** Bytes of the checkpoint files by name, and of the merged files by path, in hex. */
  readonly checkpoints: Readonly<Record<string, string>>;
  readonly merged: Readonly<Record<string, string>>;
  readonly rows: readonly number[];
}

/** @param from checkpoint to begin at, as the command line does in an empty folder */
export async function drive(spec: RunSpec, from: string | null = null): Promise<Driven> {
  const layout = layoutOf(spec.outdir);
  const params = spec.params as MarsParams;
  const specHash = publishSpec(layout, spec).sha256;
  const point = from === null ? null : restore(runOf(spec), readCheckpoint(from));
  const tables = marsDisk.tables(params);
  const firstRows = (point?.rows ?? []).map((count, i) => (tables[i]!.once ? 0 : count));
  let rows: readonly number[] = firstRows;
  let state = point === null ? new Uint8Array(0) : marsDisk.encode(point.state);
  let status = point === null ? null : marsDisk.status(point.state, params);
  const records: SegmentRecord[] = [];
  const states: string[] = [];
  for (let segment = 0; segment === 0 || !status!.done; segment++) {
    const boundary = nextBoundary(status?.time ?? 0, spec.segments.interval);
    const written = compute({ spec, specHash, segment, boundary, rows, state });
    const hashes = { startHash: states.at(-1) ?? 'start', endHash: hex(written.state) };
    const { fromTime } = written;
    records.push({
      ...{ index: segment, fromTime, toTime: written.status.time, steps: written.status.steps },
      ...{ startState: '', ...hashes, parts: written.parts },
    });
    ({ rows, state, status } = written);
    states.push(hex(state));
  }
  await mergeSeries({ layout, tables, segments: records, firstRows, identity: spec.identity });
  const files = tables.map(({ file }) => file);
  return {
    outdir: spec.outdir,
    segments: records.length,
    states,
    final: marsDisk.decode(state),
    checkpoints: bytesOf(spec.checkpoints.folder, namesIn(spec.checkpoints.folder)),
    merged: bytesOf(spec.outdir, files),
    rows,
  };
}

interface Piece {
  readonly spec: RunSpec;
  readonly specHash: string;
  readonly segment: number;
  readonly boundary: number;
  readonly rows: readonly number[];
  readonly state: Uint8Array;
}

function compute({ spec, ...task }: Piece): RowsWritten {
  const answer = runSegment({
    ...task,
    outdir: spec.outdir,
    joinFor: 0,
    attemptName: `s${task.segment}`,
    batchRows: 64,
    inlineStateLimit: 32_768,
    keepStateEvery: 10,
    recovery: { everySeconds: 30, everySteps: null },
    gate: new SharedArrayBuffer(12),
    port: new MessageChannel().port1,
  });
  if ('failure' in answer) throw new Error(`${answer.failure.name}: ${answer.failure.message}`);
  return answer;
}

export function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

function bytesOf(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, hex(fs.readFileSync(path.join(folder, name)))]));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
