/** Puts back what a finished run has lost, and nothing else: whole files are not touched (design.md section 5). */
import fs from 'node:fs';
import path from 'node:path';
import { identityOf } from '../config/identity.js';
import { modelOf } from '../sim/models.js';
import { isArchived } from '../store/archive/archivedRun.js';
import { type Pointer, readPointer } from '../store/archive/markers.js';
import { checkFolder } from '../store/completeness/checkFolder.js';
import { figuresOf, hasContent } from '../store/completeness/figures.js';
import type { Finding } from '../store/completeness/finding.js';
import { checkOwnRun, mergeProblem, recordedFiles } from '../store/completeness/ownRun.js';
import { writeJson } from '../store/documents.js';
import { makeFolder, writeDurably } from '../store/durable.js';
import { DamagedData } from '../store/error.js';
import {
  type Completion,
  type Execution,
  type FinishedRun,
  hasEnded,
  readFinishedRun,
  writeFinishedConfig,
  writeFinishedSummary,
} from '../store/finishedRun.js';
import { syncFolder } from '../store/folders.js';
import { type Essentials, essentialsOf, type Stretch, writeKept } from '../store/kept.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import type { MergedFile } from '../store/mergeRecord.js';
import { readRunId } from '../store/runId.js';
import { verifyInTurns } from '../store/verify.js';
import { drawOverview } from './drawFigure.js';
import { type Computing, type Recomputed, recompute, wholeRun } from './recompute.js';

export interface Mended {
  /** Files that are there again, relative to the folder of the run. */
  readonly files: readonly string[];
  /** Stretches of the run that were computed again for them. */
  readonly segments: number;
}

export interface MendOptions {
  /** What the run must be, where somebody knows; else its own files say it. */
  readonly spec: Essentials | null;
  readonly version: string;
  readonly signal?: AbortSignal;
}

/**
 * Brings the files of a finished run back, byte for byte: series are computed again from the states that `checks/segments.json` keeps, and
 * take their place only with the recorded hash; documents are put together again from each other.
 * @throws DamagedData naming what cannot be brought back, and why
 */
export async function mendRun(computing: Computing, outdir: string, options: MendOptions): Promise<Mended> {
  const mending = new Mending(computing, layoutOf(outdir), options);
  try {
    return await mending.mend();
  } finally {
    fs.rmSync(mending.layout.mending, { recursive: true, force: true });
  }
}

class Mending {
  private readonly run: FinishedRun;
  private readonly spec: Essentials;
  private readonly stretches: readonly Stretch[];
  private readonly pointer: Pointer | null;
  private readonly mended: string[] = [];
  private computed: Recomputed | null = null;

  constructor(
    private readonly computing: Computing,
    readonly layout: RunLayout,
    private readonly options: MendOptions,
  ) {
    this.pointer = readPointer(layout.outdir);
    this.run = readFinishedRun(layout, options.spec?.identity ?? null);
    if (this.run.stranger !== null && options.spec !== null) {
      throw cannot(layout.outdir, `holds another run (identity ${this.run.stranger.slice(0, 12)})`);
    }
    this.spec = essentials(layout, this.run, options.spec);
    this.stretches = this.run.kept.value?.stretches ?? this.fromTheBeginning();
  }

  async mend(): Promise<Mended> {
    const files = await this.series();
    await this.mergeRecord(files);
    const completion = this.completion();
    this.kept();
    this.config(completion);
    await this.summary(files, completion);
    await this.figures();
    this.runId(completion);
    await this.requireWhole();
    return { files: this.mended, segments: this.computed === null ? 0 : this.stretches.length };
  }

  private fromTheBeginning(): readonly Stretch[] {
    const { summary, config } = this.run;
    const execution = summary.value?.execution ?? config.value?.completion?.execution;
    if (execution?.resumed_from === undefined) return wholeRun;
    throw cannot(this.layout.kept, 'is lost, and only it knows the checkpoint that the run began at');
  }

  /** @returns records of the merged files, all of which are there again */
  private async series(): Promise<readonly MergedFile[]> {
    const recorded = recordedFiles(this.run);
    const files = recorded.length > 0 ? recorded : (await this.recomputed()).record.files;
    for (const file of files) {
      if (!this.isAway(file.path) && !(await isWhole(this.layout, file))) await this.replace(file);
    }
    return files;
  }

  /** Whether a file has gone to the archive, where it is whole. */
  private isAway(name: string): boolean {
    return isArchived(this.layout.outdir, this.pointer, path.join(this.layout.outdir, name));
  }

  private async replace(file: MergedFile): Promise<void> {
    const { layout, record } = await this.recomputed();
    const found = record.files.find(({ path: name }) => name === file.path);
    const target = path.join(this.layout.outdir, file.path);
    if (found?.sha256 !== file.sha256) {
      throw cannot(target, 'is lost or damaged, and computed again it has other bytes than were recorded');
    }
    makeFolder(path.dirname(target));
    fs.renameSync(path.join(layout.outdir, file.path), target);
    syncFolder(path.dirname(target));
    this.mended.push(file.path);
  }

  /** Everything that comes out of computing the run again, once. */
  private async recomputed(): Promise<Recomputed> {
    const { mending } = this.layout;
    this.computed ??= await recompute(
      this.computing,
      mending,
      this.spec,
      this.stretches,
      this.options.signal,
    );
    return this.computed;
  }

  private async mergeRecord(files: readonly MergedFile[]): Promise<void> {
    const { merged } = this.run;
    const isThere = merged.value !== null && mergeProblem(this.run) === null;
    if (isThere || this.isAway('checks/merged.json')) return;
    const source = this.stretches.at(-1)!.endHash ?? (await this.recomputed()).record.source;
    makeFolder(this.layout.checks);
    writeJson(this.layout.merged, { identity: this.spec.identity, source, files });
    this.mended.push('checks/merged.json');
  }

  /** Versions before there was such a file left none, and need none. */
  private kept(): void {
    const { kept, config, summary } = this.run;
    const ofEarlierVersion = [config, summary].some(({ value, sealed }) => value !== null && !sealed);
    const isThere = kept.value !== null || (kept.problem === null && ofEarlierVersion);
    if (isThere || this.isAway('checks/segments.json')) return;
    const runConfig = config.value === null ? this.spec : withoutEnd(config.value);
    const end = this.computed?.end ?? null;
    const isSmall = end !== null && end.length <= this.computing.inlineStateLimit;
    writeKept(this.layout, {
      schema: 1,
      ...{ identity: this.spec.identity, spec: this.spec, runConfig: { ...runConfig } },
      ...{ stretches: this.stretches, endState: isSmall ? Buffer.from(end).toString('base64') : null },
    });
    this.mended.push('checks/segments.json');
  }

  private completion(): Completion {
    const { summary, config } = this.run;
    if (summary.value?.execution !== undefined) {
      const { seal: _, ...execution } = summary.value.execution;
      return { version: summary.value.version!, execution: execution as Execution };
    }
    return config.value?.completion ?? this.unknownCompletion();
  }

  /** Summary and run_config.json, which repeat it for each other, are both lost: results can be had again, this cannot. */
  private unknownCompletion(): Completion {
    return {
      version: this.options.version,
      execution: {
        ...{ workflowId: readRunId(this.layout) ?? 'unknown', segments: this.stretches.length },
        ...{ restartCount: 0, restarts: [], repaired: [], engines: [] },
        lost: 'how the run was executed: summary.json and run_config.json were lost together',
      },
    };
  }

  private config(completion: Completion): void {
    if (this.run.config.value !== null || this.isAway('run_config.json')) return;
    writeFinishedConfig(this.layout, this.run.kept.value?.runConfig ?? { ...this.spec }, completion);
    this.mended.push('run_config.json');
  }

  private async summary(files: readonly MergedFile[], completion: Completion): Promise<void> {
    if (this.run.summary.value !== null || this.isAway('summary.json')) return;
    const bound = modelOf(this.spec);
    const stored = this.run.kept.value?.endState ?? null;
    const end =
      stored === null ? (await this.recomputed()).end : new Uint8Array(Buffer.from(stored, 'base64'));
    writeFinishedSummary(this.layout, this.spec, bound, bound.model.decode(end), files, completion);
    this.mended.push('summary.json');
  }

  private async figures(): Promise<void> {
    const { outdir } = this.layout;
    const lost = figuresOf(this.run).filter(
      (name) => !this.isAway(name) && !hasContent(path.join(outdir, name)),
    );
    if (lost.length === 0) return;
    const away = recordedFiles(this.run).find((file) => this.isAway(file.path));
    if (away !== undefined) {
      throw cannot(
        path.join(outdir, lost[0]!),
        `is missing, and is drawn from ${away.path}, which is in the archive`,
      );
    }
    await drawOverview(this.layout, this.spec, this.options.version, lost);
    this.mended.push(...lost);
  }

  private runId({ execution }: Completion): void {
    const file = this.layout.runId;
    const text = `${execution.workflowId}\n`;
    if (this.isAway('run_id')) return;
    if (execution.lost !== undefined || (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text))
      return;
    writeDurably(file, text);
    this.mended.push('run_id');
  }

  private async requireWhole(): Promise<void> {
    const { damage } = await checkOwnRun(this.layout.outdir, this.spec);
    const [first] = damage;
    if (first !== undefined) throw cannot(path.join(this.layout.outdir, first.file), first.reason);
  }
}

/** What a run that has come to its end in its folder has lost since; what has gone to the archive is not lost. */
export interface Losses {
  readonly missing: readonly string[];
  readonly damage: readonly Finding[];
}

/**
 * @param identity of the run that it must be; null: as its own files say
 * @returns null when no run has ended there
 * @throws DamagedData when the folder points to the archive of another run
 */
export async function lossesOf(outdir: string, identity: string | null): Promise<Losses | null> {
  const layout = layoutOf(outdir);
  const pointer = readPointer(outdir);
  if (pointer === null && !hasEnded(layout, readFinishedRun(layout, identity))) return null;
  if (pointer !== null && identity !== null && pointer.identity !== identity) {
    throw cannot(outdir, `belongs to another run (identity ${pointer.identity.slice(0, 12)})`);
  }
  const { missing, damage } = await checkFolder(outdir, { title: '', identity, values: {} }, [], false);
  const isLost = (name: string) => !isArchived(outdir, pointer, path.join(outdir, name));
  return { missing: missing.filter(isLost), damage };
}

export function isLossless({ missing, damage }: Losses): boolean {
  return missing.length + damage.length === 0;
}

/**
 * Mends a run if it has come to its end in its folder, whatever it has lost since.
 * @returns what it took, nothing if it is whole; null when the run has not ended there
 * @throws as `mendRun`
 */
export async function mendIfEnded(
  computing: Computing,
  outdir: string,
  options: MendOptions,
): Promise<Mended | null> {
  const losses = await lossesOf(outdir, options.spec?.identity ?? null);
  if (losses === null) return null;
  return isLossless(losses) ? { files: [], segments: 0 } : mendRun(computing, outdir, options);
}

/** What the run is: as somebody knows, or as its own files say, which vouch for it by seal or identity. */
function essentials(layout: RunLayout, { kept, config }: FinishedRun, known: Essentials | null): Essentials {
  if (known !== null) return essentialsOf(known);
  if (kept.value !== null) return kept.value.spec;
  const { title, model, params, identity, warnings } = config.value ?? {};
  if (typeof model === 'string' && identityOf(model, params) === identity) {
    return { title: title ?? model, model, params, identity, warnings: warnings ?? [] };
  }
  throw cannot(
    layout.outdir,
    'has lost both checks/segments.json and run_config.json, which say what it computes',
  );
}

function withoutEnd(config: object): Record<string, unknown> {
  const { completion: _, seal: __, ...before } = config as Record<string, unknown>;
  return { ...before, status: 'started', restarts: [] };
}

async function isWhole(layout: RunLayout, file: MergedFile): Promise<boolean> {
  try {
    await verifyInTurns(path.join(layout.outdir, file.path), file, '');
    return true;
  } catch (error) {
    if (error instanceof DamagedData) return false;
    throw error;
  }
}

function cannot(file: string, reason: string): DamagedData {
  return new DamagedData(file, reason, 'Restore it from a copy, or use --restart to compute the run again.');
}
