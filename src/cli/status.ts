/** `marsdisk status FOLDER`: from its verified files when the run is complete, from the server otherwise. */
import { plainProgressLine } from '../report/progressLine.js';
import { layoutOf } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import { historyOf } from './attach.js';
import { CommandError, exitCode } from './exit.js';
import { verifiedSummary } from './found.js';
import { printSummary } from './result.js';
import { openSession, type Session } from './session.js';
import { serverOf } from './whichRun.js';

/** A query waits for a worker; without one there is no answer. */
const answerWithin = 5000;

export async function status(folder: string, options: { readonly json: boolean }): Promise<void> {
  const layout = layoutOf(folder);
  const summary = verifiedSummary(layout);
  if (summary !== null) return printSummary(layout, summary, options);
  const runId = readRunId(layout);
  if (runId === null) throw new CommandError(`${layout.outdir} holds no run`, exitCode.usage);
  const session = await openSession(serverOf(layout), (message) => process.stderr.write(`${message}\n`));
  try {
    const history = await historyOf(session.client, runId);
    if (history === 'none') {
      throw new CommandError(
        `the server at ${session.connection.address} does not know ${runId}`,
        exitCode.damaged,
      );
    }
    const progress = await askProgress(session, runId);
    const url = session.workflowUrl(runId);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ schema: 1, runId, state: history, progress, url }, null, 2)}\n`
        : `${runId}: ${stateText(history, progress)}\n${progressText(progress)}\n${url === null ? '' : `${url}\n`}`,
    );
  } finally {
    await session.release();
  }
}

function stateText(history: string, progress: Progress | null): string {
  if (history === 'closed') return 'ended before its end; type its run command again to go on';
  return history === 'running' && progress === null ? 'not finished, and nothing computes it now' : history;
}

function progressText(progress: Progress | null): string {
  if (progress === null) return 'type its run command again to go on';
  const { phase, ...rest } = progress;
  return plainProgressLine(phase === 'running' ? rest : progress, {
    stepsPerSecond: null,
    secondsLeft: null,
  });
}

async function askProgress(session: Session, runId: string): Promise<Progress | null> {
  const handle = session.client.workflow.getHandle(runId);
  const deadline = Date.now() + answerWithin;
  try {
    return await session.client.connection.withDeadline(deadline, () =>
      handle.query<Progress>(progressQueryName),
    );
  } catch {
    return null;
  }
}
