import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { RunningSegment } from '../activities/dependencies.js';
import type {
  RepairTask,
  RowsWritten,
  SegmentProgress,
  SegmentTask,
  SharedRows,
  SharedTask,
} from '../activities/segmentTask.js';
import type { CheckCases } from '../store/completeness/checkCases.js';
import { checkingBy, checkModule } from './checkPool.js';
import { hooks } from './hooks.js';
import { SegmentFailure, type ThreadFailure } from './segmentFailure.js';
import { StepGate } from './stepGate.js';

/** Compute threads of a worker. One core stays with the worker's own thread, which must heartbeat. */
export function computeThreads(): number {
  return Math.max(1, availableParallelism() - 1);
}

function threadModule(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}

type Threaded = (SegmentTask | SharedTask) & { readonly gate: SharedArrayBuffer; readonly port: MessagePort };

export class ComputePool {
  private readonly pool: Piscina;
  /** Of the running segments, with the output folders of their runs. */
  private readonly gates = new Map<StepGate, string>();
  draining = false;

  constructor(readonly threads = computeThreads()) {
    this.pool = new Piscina({
      filename: hooks.threadModule ?? threadModule('segmentThread'),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 60_000,
      // Numbers in typed arrays make little garbage; the default would let it fill 48 MB a thread before the first look.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
  }

  start(task: SegmentTask): RunningSegment {
    return this.run<RowsWritten>(task);
  }

  startShared(task: SharedTask): RunningSegment<SharedRows> {
    return this.run<SharedRows>(task, threadModule('sharedThread'));
  }

  /** @param filename module of the thread; default: that of segments */
  private run<T extends object>(task: SegmentTask | SharedTask, filename?: string): RunningSegment<T> {
    const { port1: ours, port2: theirs } = new MessageChannel();
    const gate = new StepGate();
    const haltAt = hooks.haltAtStep(task);
    if (haltAt !== null) gate.haltAt(haltAt);
    let progress: SegmentProgress | null = null;
    ours.on('message', (message: SegmentProgress | { halted: number } | { recovered: number }) => {
      if ('recovered' in message) {
        hooks.onEvent('recovery-written', { segment: task.segment, steps: message.recovered });
      } else if ('halted' in message) {
        const seen = hooks.onEvent('step', { segment: task.segment, step: message.halted });
        if (seen !== 'hold') gate.release();
      } else progress = message;
    });
    this.gates.set(gate, task.outdir);
    if (this.draining) gate.stop();
    const done = this.compute<T>({ ...task, gate: gate.memory, port: theirs }, filename);
    const forget = () => {
      this.gates.delete(gate);
      ours.close();
    };
    done.then(forget, forget);
    return { done, stop: () => gate.stop(), progress: () => progress };
  }

  private async compute<T extends object>(task: Threaded, filename?: string): Promise<T> {
    const answer: T | ThreadFailure = await this.pool.run(task, {
      transferList: [task.port],
      ...(filename === undefined ? {} : { filename }),
    });
    if ('failure' in answer) throw SegmentFailure.fromThread(answer);
    return answer;
  }

  async repair(task: RepairTask): Promise<void> {
    const failure: ThreadFailure | null = await this.pool.run(task, {
      filename: threadModule('repairThread'),
    });
    if (failure !== null) throw SegmentFailure.fromThread(failure);
  }

  /** Looks at cases of a batch in whichever thread is free. */
  readonly checkCases: CheckCases = (...args) =>
    checkingBy((task) => this.pool.run(task, { filename: checkModule }), this.threads)(...args);

  /** Ends every running segment at its next step, as a normal short one. */
  drain(): void {
    this.draining = true;
    for (const gate of this.gates.keys()) gate.stop();
  }

  /** Ends the segments of one run at their next step, as normal short ones. */
  endSegment(outdir: string): void {
    for (const [gate, of] of this.gates) if (of === outdir) gate.stop();
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
