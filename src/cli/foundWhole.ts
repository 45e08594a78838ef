import type { RunSpec } from '../config/runSpec.js';
import { DamagedData } from '../store/error.js';
import { layoutOf } from '../store/layout.js';
import { lookInto, verifiedSummary } from './found.js';
import type { ProgressView } from './progressView.js';
import { refuseAnotherIdentity } from './refusals.js';

/**
 * The verified summary of a run that is complete, with the files that it has lost brought back; null when it is not complete.
 * @param ended the server says that it is, so that there has been a summary
 */
export async function foundWhole(
  spec: RunSpec,
  view: ProgressView,
  ended: boolean,
): Promise<Record<string, unknown> | null> {
  try {
    const found = await look(spec);
    if (found !== null || !ended) return found;
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    if (!(await isBroughtBack(spec, view))) throw error;
    return look(spec);
  }
  return (await isBroughtBack(spec, view)) ? look(spec) : null;
}

function look(spec: RunSpec): Promise<Record<string, unknown> | null> {
  const layout = layoutOf(spec.outdir);
  refuseAnotherIdentity(lookInto(layout), spec, layout);
  return verifiedSummary(layout, spec.identity);
}

/** @returns false when the run has not come to its end in its folder */
async function isBroughtBack(spec: RunSpec, view: ProgressView): Promise<boolean> {
  const { mend } = await import('./mend.js');
  return (await mend(spec.outdir, spec, (message) => view.say(message))) !== null;
}
