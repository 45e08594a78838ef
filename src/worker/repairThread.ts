/** Entry of a compute thread: computes one lost part again, from a state in front of it, and only it (design.md section 5). */
import type { RepairTask } from '../activities/segmentTask.js';
import type { RowSink } from '../sim/model.js';
import { sha256 } from '../store/durable.js';
import { edgeAt, openPart } from '../store/parts.js';
import { decodedState, type RunFolder } from '../store/runFolder.js';
import { historyState, stateHash } from '../store/states.js';
import { writeOnceTables } from './onceTables.js';
import { preparedRun } from './preparedRun.js';
import { asValue, SegmentFailure, type ThreadFailure } from './segmentFailure.js';

/** Rows in front of the part are there already. */
const discard: RowSink = { write() {} };

/** @returns null when the part stands in its folder again, with the bytes that were recorded */
export default function repairPart(task: RepairTask): ThreadFailure | null {
  try {
    compute(task);
    return null;
  } catch (error) {
    return asValue(error);
  }
}

function compute(task: RepairTask): void {
  const { outdir, specHash, segment, state, startSteps, part, endsSegment, inlineStateLimit } = task;
  const run = preparedRun(outdir, specHash);
  const { layout, spec, model, params } = run;
  const before = decodedState(run, state);
  const isThere = startSteps === null || startSteps === model.status(before, params).steps;
  const start = isThere ? before : advanceTo(run, before, startSteps, discard);
  const firstRows = part.tables.map(({ firstRow }) => firstRow);
  const writer = openPart({
    folder: layout.parts,
    name: part.file.slice(0, part.file.lastIndexOf('-')),
    identity: spec.identity,
    segment,
    tables: model.tables(params),
    firstRows,
    batchRows: part.batchRows,
    start: edgeAt(
      start === before ? stateHash(state) : sha256(model.encode(start)),
      model.status(start, params),
    ),
  });
  try {
    if (start === before && state.length > 0) writeOnceTables(model, params, firstRows, writer);
    const end = advanceTo(run, start, part.endSteps, writer);
    const encoded = model.encode(end);
    const edge = edgeAt(sha256(encoded), model.status(end, params));
    const found = writer.close(
      edge,
      endsSegment ? historyState(layout, segment + 1, encoded, inlineStateLimit) : null,
    );
    if (found.sha256 !== part.sha256) {
      throw new SegmentFailure(
        'DamagedData',
        `${layout.parts}/${part.file}: is lost or damaged, and computed again it gives other bytes (as ${found.file}).\n` +
          'Another Node or marsdisk has written it: use that one, or --restart to compute the run again.',
      );
    }
  } finally {
    writer.abort();
  }
}

/**
 * Steps on until the run has so many steps. A run is cut between two steps, so this repeats it exactly. A run that ends where it begins
 * takes no step, but writes rows.
 */
// biome-ignore lint/suspicious/noExplicitAny: of whatever model
function advanceTo({ model, params }: RunFolder, state: any, steps: number, sink: RowSink): any {
  let missing = steps - model.status(state, params).steps;
  const stop = () => {
    missing -= 1;
    return missing === 0;
  };
  const boundary = missing === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return model.advance(state, params, boundary, stop, sink);
}
