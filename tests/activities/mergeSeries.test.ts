/** A merge that nobody waits for any more: given up at the next row group, with nothing half-written, and begun again to the same files. */
import { expect, it } from '@jest/globals';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Dependencies } from '../../src/activities/dependencies.js';
import { mergeSeriesWith } from '../../src/activities/mergeSeries.js';
import { layoutOf } from '../../src/store/layout.js';
import { appendManifest } from '../../src/store/manifest.js';
import { publishSpec } from '../../src/store/specs.js';
import { VerifiedFiles } from '../../src/store/verify.js';
import { quick } from '../config/loading.js';
import { halfWritten } from '../durability/folders.js';
import { freshLayout } from '../store/sample.js';
import { accepted, atTheBeginning, attempt } from '../worker/attempts.js';

async function computed() {
  const spec = await quick('numerics.t_end_years=1e-4', `io.outdir=${freshLayout().outdir}`);
  const layout = layoutOf(spec.outdir);
  const { segments, rows } = accepted(atTheBeginning, attempt(spec, atTheBeginning));
  const manifest = appendManifest(layout.manifests, null, segments);
  const specHash = publishSpec(layout, spec).sha256;
  return { outdir: spec.outdir, request: { outdir: spec.outdir, specHash, manifest, rows } };
}

it.each(['cancel', 'leave'] as const)('%s', async (why) => {
  const { outdir, request } = await computed();
  const environment = new MockActivityEnvironment();
  const computePool = { draining: false };
  let groups = 0;
  const dependencies = {
    computePool,
    verifiedFiles: new VerifiedFiles(),
    onEvent(name: string) {
      if (name !== 'merge-progress') return;
      groups += 1;
      if (groups > 1) return;
      if (why === 'leave') computePool.draining = true;
      else environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
    },
  } as unknown as Dependencies;
  const merge = mergeSeriesWith(dependencies);
  await expect(environment.run(merge, request)).rejects.toThrow(
    why === 'leave' ? /the worker leaves/ : /CANCELLED/,
  );
  expect(groups).toBe(1);
  expect(halfWritten(outdir)).toEqual([]);

  computePool.draining = false;
  expect(await new MockActivityEnvironment().run(merge, request)).toEqual({ repaired: [] });
});
