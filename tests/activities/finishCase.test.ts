import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { FinishCaseRequest } from '../../src/activities/contract.js';
import { finishCaseWith } from '../../src/activities/finishCase.js';
import { layoutOf } from '../../src/store/layout.js';
import { publishSpec } from '../../src/store/specs.js';
import { quick } from '../config/loading.js';
import { freshLayout } from '../store/sample.js';

const never = () => Promise.reject(new Error('nothing may be done'));
const steps = {
  ...{ appendManifest: never, mergeSeries: never, checkRun: never },
  ...{ removeParts: never, writeSummary: never },
};

it('a specification that has been changed ends the case: trying again would not mend it', async () => {
  const spec = await quick('numerics.t_end_years=1e-4', `io.outdir=${freshLayout().outdir}`);
  const layout = layoutOf(spec.outdir);
  const { file, sha256: specHash } = publishSpec(layout, spec);
  appendFileSync(path.join(layout.outdir, file), ' ');
  const request = {
    ...{ outdir: spec.outdir, spec, segments: [], removeParts: true },
    finish: { outdir: spec.outdir, specHash, rows: [], firstRows: [] },
  } as unknown as FinishCaseRequest;
  await expect(
    new MockActivityEnvironment().run(finishCaseWith(steps), request, new Uint8Array(0)),
  ).rejects.toMatchObject({ type: 'DamagedData', nonRetryable: true });
});
