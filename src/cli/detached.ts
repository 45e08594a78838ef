import path from 'node:path';
import type { RunLayout } from '../store/layout.js';
import type { Session } from './session.js';

/** What a user is told who has started a run and does not wait for it: the result of `run --detach`. */
export function printDetached(
  session: Session,
  runId: string,
  layout: RunLayout,
  { json }: { readonly json: boolean },
): void {
  const url = session.workflowUrl(runId);
  const folder = path.relative('.', layout.outdir) || '.';
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, outdir: layout.outdir, runId, state: 'running', url }, null, 2)}\n`
      : `${runId} goes on in the background.\n` +
          'Attach to it: the same command without --detach\n' +
          `How far is it: marsdisk status ${folder}\n` +
          `Pause or end it: marsdisk pause ${folder}, marsdisk cancel ${folder}\n` +
          (session.home === null ? '' : 'Stop everything here: marsdisk down\n'),
  );
}
