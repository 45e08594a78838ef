import type { Model } from '../model.js';
import { advancing } from '../segment.js';
import { marsCodec, modelName, stateSchema } from './codec.js';
import { marsTables } from './columns.js';
import { diskOf, scheduleOf } from './disk.js';
import { estimateOf, workingBytesOf } from './estimate.js';
import { type MarsParams, marsParams } from './params.js';
import { readableOf } from './readable.js';
import { divergence, early, untouched } from './sharing.js';
import { copyState, type MarsState, startState } from './state.js';
import { conservedOf, statusOf } from './status.js';
import { DiskRun } from './step.js';
import { summaryOf } from './summary.js';
import { summaryMeanings } from './summaryMeanings.js';

/** The dust disk inside the Roche limit of Mars: spec/resolved.md. */
export const marsDisk: Model<MarsParams, MarsState> = {
  name: modelName,
  schema: stateSchema,
  params: marsParams,
  tables: marsTables,
  initial: (params) => startState(diskOf(params)),
  advance: advancing((params, state, sink) => new DiskRun(diskOf(params), copyState(state), sink)),
  ...marsCodec,
  readable: readableOf,
  status: statusOf,
  summary: summaryOf,
  summaryMeanings,
  conserved: conservedOf,
  estimate: estimateOf,
  workingBytes: workingBytesOf,
  sharing: { early, plannedEnd: (params) => scheduleOf(params).end.time, divergence, untouched },
};
