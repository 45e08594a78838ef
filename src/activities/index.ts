import { advanceSegmentWith } from './advanceSegment.js';
import { advanceTogetherWith } from './advanceTogether.js';
import { appendManifestWith } from './appendManifest.js';
import { archiveRunWith } from './archiveRun.js';
import { beating } from './beating.js';
import { checkBatchWith } from './checkBatch.js';
import { checkPartsWith } from './checkParts.js';
import { checkRunWith } from './checkRun.js';
import { concludeSweep } from './concludeSweep.js';
import type { Activities } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { drawFigureWith } from './drawFigure.js';
import { finishCaseWith } from './finishCase.js';
import { mendRunWith } from './mendRun.js';
import { mergeSeriesWith } from './mergeSeries.js';
import { orderedHookWith } from './orderedHook.js';
import { prepareCasesWith } from './prepareCases.js';
import { publishSpec } from './publishSpec.js';
import { recordCasesWith } from './recordCases.js';
import { removePartsWith } from './removeParts.js';
import { runHookWith } from './runHook.js';
import { summarizeBatch } from './summarizeBatch.js';
import { waitingForRoom } from './waitForRoom.js';
import { watchCasesWith } from './watchCases.js';
import { writeCheckpoint } from './writeCheckpoint.js';
import { writeSummaryWith } from './writeSummary.js';

/** All activities of a worker, bound to what its process lends them. Each waits out a full disk. */
export function activitiesOf(dependencies: Dependencies): Activities {
  const patient =
    <A extends readonly [{ readonly outdir: string }, ...unknown[]], T>(
      activity: (...args: A) => Promise<T>,
    ) =>
    (...args: A): Promise<T> =>
      waitingForRoom(dependencies, args[0].outdir, () => activity(...args));
  const patientInBatch =
    <A extends readonly [{ readonly batch: string }, ...unknown[]], T>(
      activity: (...args: A) => Promise<T>,
    ) =>
    (...args: A): Promise<T> =>
      waitingForRoom(dependencies, args[0].batch, () => activity(...args));
  const steps = {
    appendManifest: appendManifestWith(dependencies),
    mergeSeries: mergeSeriesWith(dependencies),
    checkRun: checkRunWith(dependencies),
    removeParts: removePartsWith(dependencies),
    writeSummary: writeSummaryWith(dependencies),
  };
  const finishCase = finishCaseWith(steps);
  return {
    publishSpec: patient(publishSpec),
    advanceSegment: patient(advanceSegmentWith(dependencies, finishCase)),
    advanceTogether: patient(advanceTogetherWith(dependencies)),
    appendManifest: patient(beating(steps.appendManifest)),
    checkParts: patient(beating(checkPartsWith(dependencies))),
    writeCheckpoint: patient(beating(writeCheckpoint)),
    mergeSeries: patient(steps.mergeSeries),
    checkRun: patient(beating(steps.checkRun)),
    drawFigure: patient(beating(drawFigureWith(dependencies))),
    mendRun: patient(mendRunWith(dependencies)),
    checkBatch: patient(checkBatchWith(dependencies)),
    finishCase: patient(finishCase),
    archiveRun: archiveRunWith(dependencies),
    writeSummary: patient(beating(steps.writeSummary)),
    removeParts: patient(beating(steps.removeParts)),
    summarizeBatch: patientInBatch(beating(summarizeBatch)),
    runHook: patient(orderedHookWith(runHookWith(dependencies))),
    prepareCases: patient(prepareCasesWith(dependencies)),
    watchCases: watchCasesWith(dependencies),
    concludeSweep: patient(beating(concludeSweep)),
    recordCases: patient(beating(recordCasesWith(dependencies))),
  };
}
