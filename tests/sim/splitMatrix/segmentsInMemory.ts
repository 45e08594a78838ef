import type { RowSink } from '../../../src/sim/model.js';
import type { CheckpointFormat } from '../../../src/store/checkpoints/checkpoint.js';
import { newestCheckpoint } from '../../../src/store/checkpoints/folder.js';
import { saveCheckpoint } from '../../../src/store/checkpoints/save.js';
import { restore } from '../../../src/store/checkpoints/state.js';
import { sha256 } from '../../../src/store/durable.js';
import type { RunLayout } from '../../../src/store/layout.js';
import { appendManifest, readManifest, type SegmentRecord } from '../../../src/store/manifest.js';
import { mergeSeries } from '../../../src/store/merge.js';
import { openPart, type PartEdge } from '../../../src/store/parts.js';
import { type Cut, limitsOf, type Uncut } from './cut.js';
import { accountsOf, mergedFiles, type Outcome, type Run, rowsInParts } from './outcome.js';
import { inFreshFolder } from './place.js';

/** How a state gets from one segment to the next without the compute thread's code. */
export const handOvers = ['memory', 'bytes', 'fields', 'again', 'checkpoint file'] as const;
export type HandOver = (typeof handOvers)[number];

export interface Piecewise {
  readonly cut: Cut;
  /** Rows of a part that are written at once. */
  readonly batchRows: number;
  readonly format: CheckpointFormat;
}

/** A run in segments, and in how many. */
export interface Pieces {
  readonly outcome: Outcome;
  readonly segments: number;
}

/** What stands between two segments. */
interface Standing {
  readonly run: Run;
  readonly state: unknown;
  readonly rows: readonly number[];
}

/** Segments by `advance` itself, their rows through parts, manifest and merge. */
export function segmentsInMemory(
  run: Run,
  handOver: HandOver,
  how: Piecewise,
  uncut: Uncut,
): Promise<Pieces> {
  return inFreshFolder(async (layout) => {
    const { model, identity } = run;
    const tables = model.tables(run.params);
    const records: SegmentRecord[] = [];
    let here: Standing = { run, state: model.initial(run.params), rows: tables.map(() => 0) };
    let edge: PartEdge = { hash: sha256(''), steps: 0, time: 0 };
    const limits = limitsOf(how.cut, uncut);
    for (let done = false; !done; ) {
      const { boundary, steps } = limits.next(edge.time).value;
      const part = openPart({
        ...{ folder: layout.parts, name: `s${records.length}`, identity, segment: records.length, tables },
        ...{ firstRows: here.rows, batchRows: how.batchRows, start: edge },
      });
      if (handOver === 'again') advance(here, boundary, (steps ?? 5) + 3, { write() {} });
      const state = advance(here, boundary, steps, part);
      const encoded = model.encode(state);
      const status = model.status(state, here.run.params);
      const end = { hash: sha256(encoded), steps: status.steps, time: status.time };
      records.push({
        ...{ index: records.length, fromTime: edge.time, toTime: end.time, steps: end.steps, startState: '' },
        ...{ startHash: edge.hash, endHash: end.hash, parts: [part.close(end, encoded)] },
      });
      edge = end;
      here = passOn({ run: here.run, state, rows: part.rows() }, handOver, how.format, layout);
      done = status.done;
    }
    const manifest = appendManifest(layout.manifests, null, records);
    const segments = await readManifest(layout.manifests, manifest);
    await mergeSeries({ layout, tables, segments, identity });
    const outcome: Outcome = {
      state: model.encode(here.state),
      accounts: accountsOf(here.run, here.state),
      rows: rowsInParts(layout, tables, segments),
      files: mergedFiles(layout, tables),
      checkpoints: null,
    };
    return { outcome, segments: segments.length };
  });
}

function advance(
  { run: { model, params }, state }: Standing,
  boundary: number | null,
  steps: number | null,
  sink: RowSink,
): unknown {
  let left = steps ?? Number.POSITIVE_INFINITY;
  return model.advance(state, params, boundary ?? Number.NEGATIVE_INFINITY, () => --left <= 0, sink);
}

/** All but `memory` and `again` read the parameters anew, so that every table of the model is built again. */
function passOn(
  { run, state, rows }: Standing,
  handOver: HandOver,
  format: CheckpointFormat,
  layout: RunLayout,
): Standing {
  const { model } = run;
  if (handOver === 'memory' || handOver === 'again') return { run, state, rows };
  const again = { ...run, params: model.params.parse(JSON.parse(JSON.stringify(run.params))) };
  switch (handOver) {
    case 'bytes':
      return { run: again, state: model.decode(model.encode(state)), rows };
    case 'fields':
      return {
        run: again,
        state: model.fromFields(structuredClone(model.fields(state)), model.schema),
        rows,
      };
    case 'checkpoint file': {
      const { outdir } = layout;
      const folder = `${outdir}/checkpoints`;
      saveCheckpoint({ outdir, folder, format, keepLast: 2 }, run, state, rows);
      return { run: again, ...restore(again, newestCheckpoint(folder).newest!) };
    }
  }
}
