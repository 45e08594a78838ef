import type { Model } from '../model.js';
import { advancing } from '../segment.js';
import { legacyCodec, legacyName, legacySchema } from './codec.js';
import { legacyDisk } from './disk.js';
import { estimateOf, workingBytesOf } from './estimate.js';
import { type LegacyParams, legacyParams } from './params.js';
import { LegacyRun } from './run.js';
import { copyState, type LegacyState, startState } from './state.js';
import { conservedOf, readableOf, statusOf } from './status.js';
import { summaryMeanings, summaryOf } from './summary.js';
import { legacyTables } from './tables.js';

/** The original program's fixed-step scheme, its clock and its books: for comparison with published runs (physics.md). */
export const marsLegacy: Model<LegacyParams, LegacyState> = {
  name: legacyName,
  schema: legacySchema,
  params: legacyParams,
  tables: legacyTables,
  initial: (params) => startState(legacyDisk(params)),
  advance: advancing((params, state, sink) => new LegacyRun(legacyDisk(params), copyState(state), sink)),
  ...legacyCodec,
  readable: readableOf,
  status: statusOf,
  summary: summaryOf,
  summaryMeanings,
  conserved: conservedOf,
  estimate: estimateOf,
  workingBytes: workingBytesOf,
};
