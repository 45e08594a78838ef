import type { RunSpec } from '../config/runSpec.js';
import type { Model } from '../sim/model.js';
import { modelNamed } from '../sim/models.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { hasSpec, readSpec } from '../store/specs.js';
import { SegmentFailure } from './segmentFailure.js';

/** A run as a compute thread sees it. */
export interface PreparedRun {
  readonly layout: RunLayout;
  readonly spec: RunSpec;
  // biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
  readonly model: Model<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: checked by the model's schema
  readonly params: any;
}

/** Coefficient tables hang on the identity of the params object: keep the last run's for its next segment. */
let last: (PreparedRun & { readonly key: string }) | null = null;

/** @throws SegmentFailure of the name `SpecMissing` when the folder holds no such specification */
export function preparedRun(outdir: string, specHash: string): PreparedRun {
  const key = `${specHash} ${outdir}`;
  const layout = layoutOf(outdir);
  // Looked for even when its contents are known: an attempt that comes late must not write into the folder of a run that has ended.
  if (last?.key === key && hasSpec(layout, specHash)) return last;
  const spec = readSpec(layout, specHash);
  if (spec === null) throw new SegmentFailure('SpecMissing', `no specification ${specHash} in ${outdir}`);
  const model = modelNamed(spec.model);
  last = { key, layout, spec, model, params: model.params.parse(spec.params) };
  return last;
}
