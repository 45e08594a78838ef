/** Where a run without a history begins: at the start, at a checkpoint, or not at all because that would lose what is there. */
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { type History, historyOf } from '../activities/runHistory.js';
import type { RunSpec } from '../config/runSpec.js';
import { formatTime } from '../report/format.js';
import { requireConfined } from '../store/checkpoints/confined.js';
import { checkpointFiles } from '../store/checkpoints/folder.js';
import { DamagedData } from '../store/error.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { readOrCreateRunId, readRunId, replaceRunId } from '../store/runId.js';
import { isUnmerged } from './attach.js';
import { CommandError, exitCode } from './exit.js';
import { lookInto } from './found.js';
import { wayOn } from './lostHistory.js';
import { elsewhereOf, refuseElsewhere } from './movedFolder.js';
import { refuseAnotherIdentity, refuseLostHistory } from './refusals.js';
import { terminate } from './restart.js';
import { keepEarlierSeries, type ResumePoint, resumePoint } from './resume.js';
import { earlierSegments } from './salvaged.js';

export interface Asked {
  readonly resumeFrom: string | undefined;
  readonly restart: boolean;
  /** The command without its name, for a proposal. */
  readonly command: readonly string[];
  readonly warn: (message: string) => void;
}

/** The run of a folder, what the server knows of it, and whether nothing is left to do. */
interface OwnRun {
  readonly runId: string;
  readonly history: History;
  readonly over: boolean;
}

export class Beginning {
  private readonly layout: RunLayout;
  private point: ResumePoint | null = null;
  private resolved = false;
  private left = false;
  private whyNoHistory = 'the history of this run is lost';

  /** @throws CommandError for a checkpoint that cannot be used, as early as it is known that it will be needed */
  constructor(
    private readonly spec: RunSpec,
    private readonly asked: Asked,
  ) {
    this.layout = layoutOf(spec.outdir);
    requireOwnFolder(spec);
    // With --restart the file may lie in the folder that is moved aside.
    if (asked.restart || readRunId(this.layout) === null) this.resolve();
  }

  /** Looks for data, in front of the question to the server: what is there by then belongs to a history. */
  look(): void {
    this.left = lookInto(this.layout).data || checkpointFiles(this.spec.checkpoints.folder).length > 0;
  }

  /**
   * The run of this folder, and what the server knows of it. A folder that was moved or copied may become a run of its own, from its
   * own files (`--resume-from`).
   * @throws CommandError when it would otherwise go on in another folder
   */
  async ownRun(client: Client): Promise<OwnRun> {
    const { layout, spec, asked } = this;
    const runId = readOrCreateRunId(layout, spec.title);
    const history = await historyOf(client, runId);
    // Since we looked for the summary, or it is gone: `run` finds out. Or its rows are in parts, and shall be merged now.
    const over = history === 'completed' && !(spec.streaming.merge && (await isUnmerged(client, runId)));
    if (history === 'none' || over) return { runId, history, over };
    const elsewhere = await elsewhereOf(client, runId, layout);
    if (elsewhere === null) return { runId, history, over };
    refuseAnotherIdentity(lookInto(layout), spec, layout);
    if (asked.resumeFrom === undefined) {
      const again = ', or begin again here with --restart (what is here is moved aside).';
      refuseElsewhere(layout, runId, elsewhere, `${again}\n${wayOn(spec, asked.command)}`);
    }
    this.resolve(); // before anything is changed: it may be refused
    if (!elsewhere.copied && history === 'running')
      await terminate(client, runId, `moved to ${layout.outdir}`);
    this.whyNoHistory = `this folder becomes a run of its own, apart from ${runId}`;
    return { runId: replaceRunId(layout, runId, spec.title), history: 'none', over };
  }

  /**
   * For a run that the server does not know.
   * @returns null: at the start
   * @throws CommandError when that would begin at zero over data
   */
  withoutHistory(): ResumePoint | null {
    this.resolve();
    const { point, layout, asked } = this;
    if (point === null) {
      if (this.left) refuseLostHistory(layout, wayOn(this.spec, asked.command));
      return null;
    }
    const { file, step, time } = point.from;
    const engine = lookInto(layout).runConfig?.provenance?.engine;
    const known = engine === undefined ? {} : { engine };
    const place = `step ${step} (${formatTime(time)} of model time) of ${file}`;
    const earlier = this.left ? earlierSegments(this.spec, point.state) : null;
    if (earlier !== null) {
      asked.warn(`warning: ${this.whyNoHistory}; it goes on from ${place}, with every row before it`);
      return { ...point, ...known, earlier };
    }
    const kept = this.left ? keepEarlierSeries(layout) : null;
    asked.warn(
      `warning: the run begins at ${place}: its series hold nothing of what came before` +
        `${kept === null ? '' : `; what was there is kept in ${path.relative('.', kept)}`}`,
    );
    return { ...point, ...known };
  }

  /** For a run that goes on from its history. */
  withHistory(): void {
    if (this.asked.resumeFrom === undefined) return;
    this.asked.warn('warning: the run goes on from its history; --resume-from is not used');
  }

  private resolve(): void {
    if (this.resolved) return;
    this.point = resumePoint(this.spec, this.asked.resumeFrom, this.asked.warn);
    this.resolved = true;
  }
}

/** A link that leads the checkpoint files elsewhere is found before the first of them is written. */
function requireOwnFolder({ checkpoints, outdir }: RunSpec): void {
  try {
    if (checkpoints.enabled) requireConfined(outdir, checkpoints.folder);
  } catch (error) {
    if (error instanceof DamagedData) throw new CommandError(error.message, exitCode.usage);
    throw error;
  }
}
