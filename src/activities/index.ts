import { advanceSegmentWith } from './advanceSegment.js';
import { appendManifestWith } from './appendManifest.js';
import { beating } from './beating.js';
import { checkRunWith } from './checkRun.js';
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
    appendManifest: beating(appendManifestWith(dependencies)),
    mergeSeries: mergeSeriesWith(dependencies),
    checkRun: beating(checkRunWith(dependencies)),
    drawFigure: beating(drawFigureWith(dependencies)),
    writeSummary: beating(writeSummaryWith(dependencies)),
    removeParts: beating(removePartsWith(dependencies)),
  };
}
