import { batchLayout } from '../store/batch/batchLayout.js';
import * as store from '../store/completeness/checkBatch.js';
import { countByStatus, isWhole } from '../store/completeness/finding.js';
import { writeReport } from '../store/completeness/reportFiles.js';
import { beatingWhile } from './beating.js';
import type { BatchChecked, BatchCheckRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly } from './runFolder.js';

/** The answer goes into the history: thousands of names have their place in the files. */
const mostNamed = 100;

/** Holds a whole batch against what it was to compute, once at the end of a sweep, and writes what it finds to `checks`. */
export function checkBatchWith({ checkCases }: Pick<Dependencies, 'checkCases'>) {
  return (request: BatchCheckRequest) => checkBatch(request, checkCases);
}

async function checkBatch(
  { outdir, archive }: BatchCheckRequest,
  checkCases: Dependencies['checkCases'],
): Promise<BatchChecked> {
  const layout = batchLayout(outdir);
  let done = 0;
  const onCase = (cases: number) => {
    done = cases;
  };
  const look = () => store.checkBatch(layout, { archive, require: [] }, onCase, checkCases);
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
