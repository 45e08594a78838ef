import { Context } from '@temporalio/activity';
import { beatingWhile } from './beating.js';
import type { MendRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { type Mended, mendRun as mend } from './mending.js';
import { failingLoudly } from './runFolder.js';

/** Brings back what a finished run has lost; see `mending.ts`. */
export function mendRunWith(dependencies: Dependencies) {
  return function mendRun({ outdir, spec }: MendRequest): Promise<Mended> {
    const { version } = dependencies;
    const signal = Context.current().cancellationSignal;
    const work = () => mend(dependencies, outdir, { spec, version, signal });
    return failingLoudly(() => beatingWhile(() => null, work));
  };
}
