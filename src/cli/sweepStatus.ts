/** `marsdisk status BATCH` */
import path from 'node:path';
import { historyOf } from '../activities/runHistory.js';
import { sweepStatusText } from '../report/sweep/statusText.js';
import { CommandError, exitCode } from './exit.js';
import { promptly } from './serverWords.js';
import { sweepStanding } from './sweepStanding.js';
import { outputView } from './terminal.js';
import { withSession } from './whichRun.js';
import { begunSweep, type NamedSweep } from './whichSweep.js';

export async function statusOfSweep(sweep: NamedSweep, { json }: { readonly json: boolean }): Promise<void> {
  const sweepId = begunSweep(sweep);
  await withSession(sweep.server, async (session) => {
    if ((await promptly(session, () => historyOf(session.client, sweepId))) === 'none') {
      const folder = path.relative('.', sweep.layout.folder) || '.';
      throw new CommandError(
        `the server at ${session.connection.address} does not know ${sweepId}; what is there: marsdisk check ${folder}`,
        exitCode.damaged,
      );
    }
    const standing = await sweepStanding(session, sweep, sweepId);
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ schema: 1, ...standing, url: session.workflowUrl(sweepId) }, null, 2)}\n`,
      );
      return;
    }
    const shown = { ...standing, batch: path.relative('.', standing.batch) || '.' };
    process.stdout.write(sweepStatusText(shown, { ...outputView(), now: Date.now() }));
    const url = session.workflowUrl(sweepId);
    if (url !== null) process.stdout.write(`\n${url}\n`);
  });
}
