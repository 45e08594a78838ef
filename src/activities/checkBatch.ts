import { batchLayout } from '../store/batch/batchLayout.js';
import * as store from '../store/completeness/checkBatch.js';
import { countByStatus, isWhole } from '../store/completeness/finding.js';
import { writeReport } from '../store/completeness/reportFiles.js';
import { beatingWhile } from './beating.js';
import type { BatchChecked, BatchCheckRequest } from './contract.js';
import { failingLoudly } from './runFolder.js';

/** The answer goes into the history: thousands of names have their place in the files. */
const mostNamed = 100;

/** Holds a whole batch against what it was to compute, once at the end of a sweep, and writes what it finds to `checks`. */
export async function checkBatch({ outdir, archive }: BatchCheckRequest): Promise<BatchChecked> {
  const layout = batchLayout(outdir);
  let done = 0;
  const look = () =>
    store.checkBatch(layout, { archive, require: [] }, (cases) => {
      done = cases;
    });
  const checked = await failingLoudly(() => beatingWhile(() => ({ cases: done }), look));
  writeReport(checked, { csv: layout.completenessCsv, json: layout.completenessJson });
  const open = checked.cases.filter((one) => !isWhole(one));
  return {
    expected: checked.cases.length,
    byStatus: countByStatus(checked.cases),
    notOk: open.slice(0, mostNamed).map(({ title, status }) => ({ title, status })),
    unexpected: checked.unexpected.slice(0, mostNamed),
  };
}
