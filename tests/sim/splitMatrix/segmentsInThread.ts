import fs from 'node:fs';
import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { RowsWritten, SegmentTask } from '../../../src/activities/segmentTask.js';
import type { RunSpec } from '../../../src/config/runSpec.js';
import { readCheckpoint, writeCheckpoint } from '../../../src/store/checkpoints/file.js';
import { checkpointOf, restore } from '../../../src/store/checkpoints/state.js';
import type { RunLayout } from '../../../src/store/layout.js';
import { appendManifest, readManifest, type SegmentRecord } from '../../../src/store/manifest.js';
import { mergeSeries } from '../../../src/store/merge.js';
import { salvage } from '../../../src/store/salvage.js';
import { publishSpec } from '../../../src/store/specs.js';
import { stateHash, stateOf } from '../../../src/store/states.js';
import repairPart from '../../../src/worker/repairThread.js';
import runSegment from '../../../src/worker/segmentThread.js';
import { limitsOf, type Uncut } from './cut.js';
import { accountsOf, filesIn, mergedFiles, type Outcome, type Run, rowsInParts } from './outcome.js';
import { inFreshFolder, runFolder } from './place.js';
import type { Pieces, Piecewise } from './segmentsInMemory.js';

/** What happens to a run whose segments are computed by the compute thread's own code. */
export const fates = ['parts', 'stored states', 'killed', 'parts lost', 'history lost', 'fork'] as const;
export type Fate = (typeof fates)[number];

export interface InThread extends Piecewise {
  /** Steps between recovery files. */
  readonly recoverySteps: number;
}

export interface ThreadPieces extends Pieces {
  /** Kills after which an attempt went on from a recovery file, parts computed again, or chains put together again. */
  readonly survived: number;
  /** Rows in front of the run, when it began at a checkpoint. */
  readonly firstRows: readonly number[];
}

/** Segments as a worker computes them, in this thread. */
export async function segmentsInThread(
  run: Run,
  fate: Fate,
  how: InThread,
  uncut: Uncut,
): Promise<ThreadPieces> {
  return inFreshFolder(async (layout) => {
    const threaded = new ThreadedRun(run, fate, how, uncut, layout);
    if (fate === 'fork') threaded.fork();
    threaded.toTheEnd();
    return threaded.finished();
  });
}

class ThreadedRun {
  private records: SegmentRecord[] = [];
  private rows: readonly number[] = [];
  private firstRows: readonly number[] = [];
  private state: Uint8Array = new Uint8Array(0);
  private done = false;
  private time = 0;
  private survived = 0;
  private readonly limits;

  constructor(
    private readonly run: Run,
    private readonly fate: Fate,
    private readonly how: InThread,
    uncut: Uncut,
    private layout: RunLayout,
  ) {
    this.limits = limitsOf(how.cut, uncut);
  }

  toTheEnd(): void {
    while (!this.done) {
      this.segment();
      if (this.fate === 'history lost' && this.records.length < 6) this.loseHistory();
    }
  }

  /** Begins again at a checkpoint of the first segment, in an empty folder. */
  fork(): void {
    const { run, how } = this;
    const { model, params } = run;
    this.segment();
    const state = model.decode(this.state);
    const folder = `${this.layout.outdir}/elsewhere`;
    this.layout = runFolder(folder);
    const file = writeCheckpoint(folder, checkpointOf(run, state, this.rows, how.format), how.format);
    const found = restore(run, readCheckpoint(file));
    this.firstRows = model.tables(params).map((table, i) => (table.once ? 0 : found.rows[i]!));
    this.rows = this.firstRows;
    this.state = model.encode(found.state);
    this.records = [];
    // A run that is over when it begins still computes a segment, which says so.
    this.done = false;
  }

  private segment(): void {
    const { boundary, steps } = this.nextLimit();
    const segment = this.records.length;
    const startState = this.state;
    const task = this.task(segment, boundary ?? this.time, steps);
    const written = this.fate === 'killed' ? this.killedOnce(task) : computed(task);
    const { fromTime, status, parts } = written;
    this.records.push({
      ...{ index: segment, fromTime, toTime: status.time, steps: status.steps },
      startState: Buffer.from(startState).toString('base64'),
      startHash: stateHash(startState),
      endHash: stateHash(written.state),
      parts,
    });
    this.state = written.state;
    this.rows = written.rows;
    this.time = status.time;
    this.done = status.done;
  }

  /** The first boundary of a run lies behind its beginning. */
  private nextLimit() {
    let limit = this.limits.next(this.time).value;
    while (this.state.length === 0 && !(Number(limit.boundary) > 0))
      limit = this.limits.next(this.time).value;
    return limit;
  }

  private task(segment: number, boundary: number, steps: number | null): SegmentTask {
    const { layout, state, rows, how, fate } = this;
    const several = fate === 'killed' || fate === 'parts lost';
    return {
      // Another path to the same folder: the thread knows nothing of the segment before.
      outdir: segment % 2 === 0 ? layout.outdir : `${layout.outdir}/.`,
      ...{ specHash: publishSpec(layout, this.spec(steps)).sha256, segment, boundary, rows, state },
      ...{ joinFor: 0, attemptName: `s${segment}a1`, batchRows: 500 },
      ...{ inlineStateLimit: fate === 'stored states' ? 0 : 32_768, keepStateEvery: 3 },
      recovery: { everySeconds: 1e9, everySteps: several ? how.recoverySteps : null },
    };
  }

  private spec(maxSteps: number | null): RunSpec {
    const { run, how, layout } = this;
    const folder = `${layout.outdir}/checkpoints`;
    return {
      ...{ title: 'case', model: run.model.name, params: run.params, identity: run.identity },
      segments: { interval: 1, maxSteps, maxCompute: 1e9, minCompute: null, runSteps: 1e7 },
      checkpoints: { enabled: this.leavesCheckpoints, folder, format: how.format, keepLast: 0 },
      streaming: { memoryLimit: null, flushRows: how.batchRows, merge: true, removeParts: true },
      archive: null,
      ...{ resume: { enabled: false, from: null }, memoryLimit: 1e9, outdir: layout.outdir, figures: false },
      ...{ configuration: {}, origins: {}, inputs: [], warnings: [] },
    };
  }

  /** Only at an interval do the files not depend on the cut. */
  private get leavesCheckpoints(): boolean {
    return this.how.cut.kind === 'interval' && this.fate !== 'fork';
  }

  /** The first attempt dies behind a recovery file, later in later segments; another goes on from there. */
  private killedOnce(task: SegmentTask): RowsWritten {
    const first = attempt(task, 1 + (task.segment % 3));
    if (first !== null) return first;
    const second = computed({ ...task, attemptName: `s${task.segment}a2` });
    if (!second.parts[0]!.file.startsWith(task.attemptName)) {
      throw new Error(`segment ${task.segment} did not go on from its recovery file`);
    }
    this.survived += 1;
    return second;
  }

  /** Nothing is left but the folder. */
  private loseHistory(): void {
    const found = salvage(this.layout, this.run.identity);
    if (found === null || found.state === null) throw new Error('the parts do not lead anywhere');
    this.records = [...found.segments];
    this.rows = found.rows;
    this.state = found.state;
    this.time = found.time;
    this.survived += 1;
  }

  async finished(): Promise<ThreadPieces> {
    const { run, layout, firstRows, records } = this;
    const { model, params, identity } = run;
    const tables = model.tables(params);
    const manifest = appendManifest(layout.manifests, null, records);
    const segments = await readManifest(layout.manifests, manifest);
    if (this.fate === 'parts lost') this.loseParts();
    const repair = async (at: { segment: number; part: number }) => this.repair(at);
    await mergeSeries({ layout, tables, segments, firstRows, identity, repair });
    const state = stateOf(layout, this.state);
    const folder = `${layout.outdir}/checkpoints`;
    const outcome: Outcome = {
      state,
      accounts: accountsOf(run, model.decode(state)),
      rows: rowsInParts(layout, tables, segments),
      files: mergedFiles(layout, tables),
      checkpoints: this.leavesCheckpoints ? filesIn(folder, fs.readdirSync(folder)) : null,
    };
    return { outcome, segments: segments.length, survived: this.survived, firstRows };
  }

  /** The first part, the last and some between. */
  private loseParts(): void {
    const files = this.records.flatMap(({ parts }) => parts.map(({ file }) => file));
    const lost = [0, 0.3, 0.6, 0.9, 1].map((share) => files[Math.round(share * (files.length - 1))]!);
    for (const file of new Set(lost)) fs.rmSync(path.join(this.layout.parts, file));
  }

  private repair(at: { segment: number; part: number }): void {
    const record = this.records[at.segment]!;
    const part = record.parts[at.part]!;
    const before = this.records.slice(0, at.segment).flatMap(({ parts }) => parts);
    const previous = [...before, ...record.parts.slice(0, at.part)].at(-1);
    const { layout } = this;
    const failed = repairPart({
      ...{ outdir: layout.outdir, specHash: publishSpec(layout, this.spec(null)).sha256 },
      ...{ segment: at.segment, state: Buffer.from(record.startState!, 'base64') },
      ...{ startSteps: previous?.endSteps ?? null, part, inlineStateLimit: 32_768 },
      endsSegment: at.part === record.parts.length - 1,
    });
    if (failed !== null) throw new Error(failed.failure.message);
    this.survived += 1;
  }
}

/** @returns null when the attempt has died */
function attempt(task: SegmentTask, recoveriesBeforeDeath: number): RowsWritten | null {
  let left = recoveriesBeforeDeath;
  const died = 'died';
  const port = {
    postMessage(message: object) {
      if ('recovered' in message && --left === 0) throw new Error(died);
    },
    close() {},
  };
  const gate = new SharedArrayBuffer(12);
  const answer = runSegment({ ...task, gate, port: port as unknown as MessagePort });
  if (!('failure' in answer)) return answer;
  if (answer.failure.message === died) return null;
  throw new Error(`${answer.failure.name}: ${answer.failure.message}`);
}

function computed(task: SegmentTask): RowsWritten {
  return attempt(task, Number.POSITIVE_INFINITY)!;
}
