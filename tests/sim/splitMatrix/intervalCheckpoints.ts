import { encodeBinary } from '../../../src/store/checkpoints/binary.js';
import type { CheckpointFormat } from '../../../src/store/checkpoints/checkpoint.js';
import { nameOf } from '../../../src/store/checkpoints/file.js';
import { encodeJson } from '../../../src/store/checkpoints/json.js';
import { checkpointOf } from '../../../src/store/checkpoints/state.js';
import { stateHashOf } from '../../../src/store/checkpoints/stateHash.js';
import { KeptRows, type Run } from './outcome.js';

/** The checkpoint files that a run leaves at the multiples of an interval [s] and at its end, whatever else cuts its segments. */
export function checkpointsAtInterval(
  run: Run,
  interval: number,
  format: CheckpointFormat,
): Record<string, Buffer> {
  const { model, params } = run;
  const tables = model.tables(params);
  const kept = new KeptRows(tables);
  const files: Record<string, Buffer> = {};
  let state = model.initial(params);
  for (let k = 1; !model.status(state, params).done; k++) {
    state = model.advance(state, params, k * interval, () => false, kept);
    const rows = kept.all().map((values, i) => values.length / tables[i]!.columns.length);
    const checkpoint = checkpointOf(run, state, rows, format);
    const bytes = format === 'binary' ? encodeBinary(checkpoint) : encodeJson(checkpoint);
    files[nameOf(checkpoint.step, stateHashOf(checkpoint.fields), format)] = Buffer.from(bytes);
  }
  return files;
}
