import fs from 'node:fs';
import type { Client } from '@temporalio/client';
import { historyOf } from '../activities/runHistory.js';
import { DamagedData } from '../store/error.js';
import type { RunLayout } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { elsewhereOf } from './movedFolder.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';

/**
 * `--restart`: ends the old run where it is still going on, which would otherwise write into the folder of the new one, and keeps what it
 * has left beside it.
 */
export async function setAside(
  session: Session,
  layout: RunLayout,
  say: (message: string) => void,
): Promise<void> {
  const { client } = session;
  if (!fs.existsSync(layout.outdir)) return;
  const runId = knownRunId(layout, say);
  await promptly(session, async () => {
    if (runId !== null && (await historyOf(client, runId)) === 'running')
      await end(client, layout, runId, say);
  });
  let n = 1;
  while (fs.existsSync(`${layout.outdir}.old-${n}`)) n += 1;
  fs.renameSync(layout.outdir, `${layout.outdir}.old-${n}`);
  say(`moved the old attempt to ${layout.outdir}.old-${n}`);
}

async function end(
  client: Client,
  layout: RunLayout,
  runId: string,
  say: (message: string) => void,
): Promise<void> {
  const elsewhere = await elsewhereOf(client, runId, layout);
  if (elsewhere?.copied) {
    say(`${runId} goes on: it writes into ${elsewhere.folder}, of which this folder is a copy`);
    return;
  }
  await terminate(client, runId, 'begun again with --restart');
  say(`ended the old attempt ${runId}, which was still going on`);
}

/** A damaged run_id is a reason to begin again, so it must not stand in the way of it. */
function knownRunId(layout: RunLayout, say: (message: string) => void): string | null {
  try {
    return readRunId(layout);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    say(`${layout.runId} ${error.reason}: if the old attempt still goes on, end it in the server's UI`);
    return null;
  }
}

export async function terminate(client: Client, runId: string, reason: string): Promise<void> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  try {
    await client.workflow.getHandle(runId).terminate(reason);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error; // it has ended by itself meanwhile
  }
}
