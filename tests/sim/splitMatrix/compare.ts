import type { Model } from '../../../src/sim/model.js';
import type { Case } from './cases.js';
import { intervalOf } from './cut.js';
import { checkpointsAtInterval } from './intervalCheckpoints.js';
import { differences, runOf } from './outcome.js';
import { handOvers, segmentsInMemory } from './segmentsInMemory.js';
import { segmentsInThread } from './segmentsInThread.js';
import type { UncutRun } from './uncutRun.js';

/** What became of a case. */
export interface Compared {
  /** Empty when the cut run is the uncut one, bit for bit. */
  readonly differences: readonly string[];
  readonly segments: number;
  readonly survived: number;
  readonly stopReason: unknown;
}

/**
 * Runs a case against the uninterrupted run.
 * @param model the one that is cut
 * @param uncut the run of the real model that it is compared with
 */
// biome-ignore lint/suspicious/noExplicitAny: of whatever model
export async function compare(each: Case, model: Model<any, any>, uncut: UncutRun): Promise<Compared> {
  const { run } = uncut;
  const tables = run.model.tables(run.params);
  const cutRun = { ...runOf(model, each.params), identity: run.identity };
  const handOver = handOvers.find((name) => name === each.resume);
  const found =
    handOver === undefined
      ? await segmentsInThread(cutRun, each.resume as never, each, uncut)
      : { ...(await segmentsInMemory(cutRun, handOver, each, uncut)), survived: 0, firstRows: [] };
  let expected = found.firstRows.some((count) => count > 0)
    ? await uncut.behind(found.firstRows)
    : uncut.outcome;
  if (found.outcome.checkpoints !== null && each.cut.kind === 'interval') {
    const interval = intervalOf(each.cut.share, uncut);
    expected = { ...expected, checkpoints: checkpointsAtInterval(run, interval, each.format) };
  }
  return {
    differences: differences(found.outcome, expected, tables),
    segments: found.segments,
    survived: found.survived,
    stopReason: run.model.status(run.model.decode(uncut.outcome.state), run.params).stopReason,
  };
}
