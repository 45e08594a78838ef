import path from 'node:path';
import { expect, it } from '@jest/globals';
import { batchLayout } from '../../../src/store/batch/batchLayout.js';
import type { CheckedCase } from '../../../src/store/completeness/finding.js';
import { reportedOpen, writeReport } from '../../../src/store/completeness/reportFiles.js';
import { scratch } from '../../durability/folders.js';

const folder = scratch();
const layout = batchLayout(path.join(folder, 'batch'));
const whole: CheckedCase = {
  ...{ title: 'T4000', status: 'ok', foundLocal: true, foundArchive: false },
  ...{ missing: [], why: [], archiveFailed: false, unusable: [] },
};
const failed: CheckedCase = {
  ...whole,
  ...{ title: 'T5000', status: 'failed', missing: ['summary.json'], why: ['failed: tau0, "much" too large'] },
};

it('a batch without a report says nothing of its cases', () => {
  expect(reportedOpen(layout)).toBeNull();
});

it('a report names the cases that were not whole, with the reasons', () => {
  const found = {
    folder: layout.folder,
    cases: [whole, failed],
    unexpected: [],
    duplicates: [],
    problems: [],
  };
  writeReport(found, { csv: layout.completenessCsv, json: layout.completenessJson });
  expect(reportedOpen(layout)).toEqual([{ title: 'T5000', status: 'failed', why: failed.why }]);
});
