/** `marsdisk status [RUN]`: one run, from its verified files when it is complete and from the server otherwise; without RUN all runs of the server. */
import fs from 'node:fs';
import path from 'node:path';
import { historyOf } from '../activities/runHistory.js';
import { formatTime } from '../report/format.js';
import { percentText, plainProgressLine, shareDone } from '../report/progressLine.js';
import { layoutOf } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import { configuredServer } from './configuredServer.js';
import { CommandError, exitCode } from './exit.js';
import { verifiedSummary } from './found.js';
import { requireOwnRun } from './movedFolder.js';
import { printSummary } from './result.js';
import { allRuns } from './runs.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';
import { type Standing, standingOf } from './standing.js';
import { statusOfSweep } from './sweepStatus.js';
import { type Told, told } from './untold.js';
import { here, whichRun, withSession } from './whichRun.js';
import { whichSweep } from './whichSweep.js';

/** A query waits for a worker; without one there is no answer. */
const answerWithin = 5000;

interface Options {
  readonly json: boolean;
}

export async function status(name: string | undefined, options: Options): Promise<void> {
  if (name === undefined) return statusOfAll(options);
  const sweep = whichSweep(name);
  if (sweep !== null) return statusOfSweep(sweep, options);
  const { runId, layout, server } = whichRun(name);
  if (layout !== null) {
    const summary = await verifiedSummary(layout);
    if (summary !== null) return printSummary(layout, summary, options);
  }
  await withSession(server, async (session) => {
    if ((await promptly(session, () => historyOf(session.client, runId))) === 'none') {
      throw new CommandError(
        `the server at ${session.connection.address} does not know ${runId}`,
        exitCode.damaged,
      );
    }
    if (layout !== null) await requireOwnRun(session.client, runId, layout);
    const standing = await told(await standingOf(session.client, session.namespace, runId));
    const progress = await askProgress(session, runId);
    const url = session.workflowUrl(runId);
    if (options.json) return printJson({ ...asJson(standing), progress, url });
    const lines = [
      `${runId}: ${stateText(standing, progress)}`,
      progressText(standing, progress),
      ...remarks(standing),
    ];
    print([...lines, ...(url === null ? [] : [url])]);
  });
}

async function statusOfAll(options: Options): Promise<void> {
  const configured = await configuredServer();
  const { serverHome } = await import('../worker/server/home.js');
  const home = serverHome('any');
  if (configured === null && !fs.existsSync(path.join(home, 'temporal.db'))) {
    if (options.json) return printJson({ runs: [] });
    return print([`no runs yet in ${home}`]);
  }
  await withSession(here(), async (session) => {
    const standings: Told[] = [];
    for (const runId of await allRuns(session.client)) {
      standings.push(await told(await standingOf(session.client, session.namespace, runId)));
    }
    if (options.json) return printJson({ runs: standings.map(asJson) });
    print(standings.length === 0 ? ['no runs yet'] : standings.flatMap(asLines));
  });
}

function asJson(standing: Told): Record<string, unknown> {
  return { ...standing, share: shareOf(standing) };
}

function shareOf(standing: Standing): number | null {
  return standing.state === 'complete' ? 1 : shareDone(standing);
}

function asLines(standing: Told): string[] {
  const { runId, state, time, end, segment, outdir } = standing;
  const reached = end === null ? formatTime(time) : `${formatTime(time)} of ${formatTime(end)}`;
  const parts = [state, percentText(shareOf(standing)), reached, `segment ${segment}`, ...etaOf(standing)];
  const folder = folderText(runId, outdir);
  return [`${runId}: ${parts.join(' · ')}`, ...remarks(standing).map((line) => `  ${line}`), `  ${folder}`];
}

/** `--restart` moves the folder of the older run away and gives its name to the newer one. */
function folderText(runId: string, outdir: string): string {
  const holder = readRunId(layoutOf(outdir));
  return holder === null || holder === runId
    ? outdir
    : `its folder was moved; ${outdir} is that of ${holder}`;
}

function etaOf({ secondsLeft }: Standing): string[] {
  return secondsLeft === null ? [] : [`ETA ${formatTime(secondsLeft, 2)}`];
}

/** What a person must know beside the numbers. */
function remarks({ restarts, latestRestart, trouble, serverBehind }: Told): string[] {
  const latest =
    latestRestart === null ? '' : `, latest at segment ${latestRestart.segment}: ${latestRestart.cause}`;
  return [
    ...(restarts === 0 ? [] : [`${restarts} restart${restarts === 1 ? '' : 's'}${latest}`]),
    ...(trouble === null ? [] : [`its segment is tried again: ${trouble}`]),
    ...(serverBehind ? ['its server has not heard of the end yet; a worker (marsdisk up) tells it'] : []),
  ];
}

function stateText({ state }: Standing, progress: Progress | null): string {
  if (state === 'paused') return 'paused; go on with marsdisk resume';
  if (state === 'running') return progress === null ? 'not finished, and nothing computes it now' : state;
  return state === 'complete' ? state : `${state}; type its run command again to go on`;
}

/** The figures of the model are known to a worker only. */
function progressText(standing: Standing, progress: Progress | null): string {
  const { phase, ...rest } = progress ?? { phase: 'running', figures: [], notes: [] };
  const { segment, steps, time, end, secondsLeft } = standing;
  const shown = { ...rest, segment, steps, time, end };
  return plainProgressLine(phase === 'running' ? shown : { ...shown, phase }, {
    stepsPerSecond: null,
    secondsLeft,
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

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function printJson(value: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ schema: 1, ...value }, null, 2)}\n`);
}
