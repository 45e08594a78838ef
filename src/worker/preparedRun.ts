import { layoutOf } from '../store/layout.js';
import { type RunFolder, readRunFolder } from '../store/runFolder.js';
import { hasSpec } from '../store/specs.js';
import { SegmentFailure } from './segmentFailure.js';

/** Coefficient tables hang on the identity of the params object: keep the last run's for its next segment. */
let last: (RunFolder & { readonly key: string }) | null = null;

/** @throws SegmentFailure of the name `SpecMissing` when the folder holds no such specification */
export function preparedRun(outdir: string, specHash: string): RunFolder {
  const key = `${specHash} ${outdir}`;
  // Looked for even when its contents are known: an attempt that comes late must not write into the folder of a run that has ended.
  if (last?.key === key && hasSpec(layoutOf(outdir), specHash)) return last;
  const folder = readRunFolder(outdir, specHash);
  if (folder === null) throw new SegmentFailure('SpecMissing', `no specification ${specHash} in ${outdir}`);
  last = { key, ...folder };
  return last;
}
