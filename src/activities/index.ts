import { advanceSegmentWith } from './advanceSegment.js';
import { appendManifestWith } from './appendManifest.js';
import { checkRun } from './checkRun.js';
import type { Activities } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { drawFigureWith } from './drawFigure.js';
import { mergeSeriesWith } from './mergeSeries.js';
import { publishSpec } from './publishSpec.js';
import { removePartsWith } from './removeParts.js';
import { writeSummaryWith } from './writeSummary.js';

/** All activities of a worker, bound to what its process lends them. */
export function activitiesOf(dependencies: Dependencies): Activities {
  return {
    publishSpec,
    advanceSegment: advanceSegmentWith(dependencies),
    appendManifest: appendManifestWith(dependencies),
    mergeSeries: mergeSeriesWith(dependencies),
    checkRun,
    drawFigure: drawFigureWith(dependencies),
    writeSummary: writeSummaryWith(dependencies),
    removeParts: removePartsWith(dependencies),
  };
}
