import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  type ChildWorkflowHandle,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
} from '@temporalio/workflow';
import type { Activities, EndedCase, PreparedCase } from '../activities/contract.js';
import { Beginnings } from './beginnings.js';
import { unpack } from './envelope.js';
import { pauseSignalName, resumeSignalName } from './messages.js';
import type { run } from './run.js';
import { casesOf, type Ready, type Whole } from './sharing.js';
import { endOfCase, startCase } from './startCase.js';
import type { SweepBooks } from './sweepBooks.js';
import type { SweepInput } from './sweepMessages.js';

/** Cases are prepared ahead in groups, because each answer is an event of the history: so many for each that runs, within these bounds. */
const aheadOfEach = 4;
const [leastAhead, mostAhead] = [16, 50];

/** The window of running cases that moves over the books. */
export class Cases {
  jobs: number;
  paused: boolean;
  /** Cases that have ended since this history began. */
  endedHere = 0;
  private stopping = false;
  private preparing = false;
  /** Cases whose hooks are running. */
  private readonly finishing = new Set<number>();
  private readonly ready: (Ready | Whole)[] = [];
  private readonly beginnings: Beginnings;
  /** Cases that are being handed to the server. */
  private readonly starting = new Set<number>();
  /** Begun by this history: their ends come by themselves. */
  private readonly followed = new Set<number>();
  /** Messages that have not reached their cases: a history that ends takes them with it. */
  private asking = 0;
  private readonly followers = new CancellationScope();
  private watching: CancellationScope | null = null;
  private fault: unknown = null;
  private changed = true;

  constructor(
    private readonly input: SweepInput,
    private readonly books: SweepBooks,
    private readonly activities: Activities,
  ) {
    this.jobs = input.jobs;
    this.paused = input.paused ?? false;
    this.beginnings = new Beginnings(input);
  }

  get phase(): 'running' | 'paused' | 'stopping' {
    if (this.stopping) return 'stopping';
    return this.paused ? 'paused' : 'running';
  }

  pause(): void {
    this.paused = true;
    this.tellRunning(pauseSignalName);
  }

  resume(): void {
    this.paused = false;
    this.tellRunning(resumeSignalName);
    this.changed = true;
  }

  allow(jobs: number): void {
    if (Number.isInteger(jobs) && jobs > 0) this.jobs = jobs;
    this.changed = true;
  }

  /** No case begins any more; the running ones are asked to end as cancelled. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = this.changed = true;
    this.followers.cancel();
    this.beginnings.end();
    this.saveForked();
    for (const [index, workflowId] of this.books.running) {
      if (!this.followed.has(index)) this.ask(() => getExternalWorkflowHandle(workflowId).cancel());
    }
  }

  /**
   * Lets cases run until all have ended, or those that run have after `stop`.
   * @returns false when a fresh history shall go on, to which the running cases are left
   */
  async settle(handsOver: () => boolean): Promise<boolean> {
    for (;;) {
      this.changed = false;
      if (this.fault !== null) throw this.fault;
      const wantsToLeave = !this.stopping && handsOver();
      const leaving = wantsToLeave && !this.beginnings.hold(this.ready);
      if (!leaving) this.fill(wantsToLeave);
      this.watch();
      const quiet = this.starting.size + this.finishing.size + this.beginnings.size === 0 && !this.preparing;
      if (quiet && this.books.running.size === 0 && this.isAtEnd) return true;
      if (quiet && leaving && this.asking === 0) return false;
      await condition(() => this.changed);
    }
  }

  private get isAtEnd(): boolean {
    return this.stopping || (this.ready.length === 0 && this.unprepared(1).length === 0);
  }

  /**
   * Begins as many cases as there are places for, and has the next ones prepared.
   * @param alone no more shared beginnings
   */
  private fill(alone: boolean): void {
    if (this.stopping || this.paused) return;
    const busy = () => this.books.running.size + this.starting.size + this.beginnings.size;
    const first = () => this.ready.findIndex(({ forks }) => !(alone && forks));
    for (let at = first(); at >= 0 && busy() < this.jobs; at = first()) {
      const [ready] = this.ready.splice(at, 1) as [Ready | Whole];
      if (ready.forks === undefined) this.begin(ready);
      else this.beginTogether(ready);
    }
    const ahead = Math.min(Math.max(aheadOfEach * this.jobs, leastAhead), mostAhead);
    if (this.preparing || this.ready.length > ahead / 2) return;
    const next = this.unprepared(ahead);
    if (next.length > 0) this.prepare(next);
  }

  private unprepared(most: number): number[] {
    const waiting = [...this.ready.flatMap(casesOf), ...this.beginnings.cases].map(({ index }) => index);
    const taken = new Set([...waiting, ...this.starting]);
    const isFree = (index: number) => this.books.isFree(index) && !taken.has(index);
    return this.beginnings.groups.gathered(this.books.next(most, taken), most, isFree);
  }

  private prepare(cases: readonly number[]): void {
    const { batch: outdir, which, provenance } = this.input;
    this.preparing = true;
    this.attend(
      async () => {
        const answer = await this.activities.prepareCases({ outdir, cases, which, provenance });
        const { header, blobs } = unpack<PreparedCase[]>(answer);
        const ready: Ready[] = [];
        let taken = 0;
        for (const prepared of header) {
          if (prepared.state === 'ready') {
            ready.push({ ...prepared, states: blobs.slice(taken, taken + prepared.blobs) });
            taken += prepared.blobs;
          } else if (prepared.state === 'whole') this.ready.push(prepared);
          else if (prepared.state === 'running') {
            this.adopt(prepared.index, prepared.workflowId);
          } else if (prepared.state === 'left') this.books.leave(prepared.index);
          else this.end(prepared);
        }
        this.ready.push(...this.beginnings.groups.folded(ready));
      },
      () => {
        this.preparing = false;
      },
    );
  }

  private beginTogether(leader: Ready): void {
    const take = (cases: readonly Ready[]) => {
      this.ready.unshift(...cases);
      if (this.stopping) this.saveForked();
    };
    this.attend(() => this.beginnings.compute(leader, (child) => this.greet(child), take));
  }

  /** They begin only to be cancelled, so that the next command goes on from where they are. */
  private saveForked(): void {
    for (const ready of this.ready.splice(0)) if (ready.forked) this.begin(ready);
  }

  private begin(ready: Ready | Whole): void {
    const { index, workflowId } = ready;
    if (ready.state === 'whole') {
      this.books.begin(index, workflowId);
      this.attend(() => this.finish({ index, state: 'complete', reason: null }));
      return;
    }
    this.starting.add(index);
    this.attend(
      async () => {
        try {
          const saves = this.stopping && ready.forked === true;
          const start = () => startCase(this.input, ready, saves);
          const child = await (saves ? start() : this.followers.run(start));
          this.books.begin(index, workflowId);
          this.followed.add(index);
          this.follow(index, child);
          this.greet(child);
          if (saves) this.ask(() => getExternalWorkflowHandle(workflowId).cancel());
        } catch (error) {
          if (error instanceof WorkflowExecutionAlreadyStartedError) this.adopt(index, workflowId);
          else if (!isCancellation(error)) throw error; // it had not begun when the sweep was stopped
        }
      },
      () => this.starting.delete(index),
    );
  }

  private follow(index: number, child: ChildWorkflowHandle<typeof run>): void {
    this.attend(async () => {
      const end = await endOfCase(this.followers, child);
      if (end.state !== 'lost') return this.finish({ index, ...end });
      // Who terminated it, and why, is not told to a parent: the next watch asks for it.
      this.followed.delete(index);
      this.watching?.cancel();
    });
  }

  /** The books take a case as running until its hook has run, so that a fresh history looks after it again. */
  private async finish(ended: EndedCase): Promise<void> {
    const { hooks, batch: outdir } = this.input;
    if (hooks.afterCase === null || ended.state === 'cancelled') return this.end(ended);
    this.finishing.add(ended.index);
    try {
      const { ok, reason } = await this.activities.runHook({ outdir, ...ended });
      const fails = !ok && hooks.afterCase.strict && ended.state === 'complete';
      this.end(fails ? { ...ended, state: 'failed', reason } : ended);
    } finally {
      this.finishing.delete(ended.index);
    }
  }

  /** A case that somebody else has begun: its end has to be asked for. */
  private adopt(index: number, workflowId: string): void {
    this.books.begin(index, workflowId);
    this.watching?.cancel(); // the next watch includes it
    if (this.paused) this.ask(() => getExternalWorkflowHandle(workflowId).signal(pauseSignalName));
    if (this.stopping) this.ask(() => getExternalWorkflowHandle(workflowId).cancel());
  }

  private watch(): void {
    if (this.watching !== null) return;
    const cases = [...this.books.running]
      .filter(([index]) => !this.followed.has(index) && !this.finishing.has(index))
      .map(([index, workflowId]) => ({ index, workflowId }));
    if (cases.length === 0) return;
    const scope = new CancellationScope();
    this.watching = scope;
    this.attend(
      async () => {
        try {
          const ended = await scope.run(() => this.activities.watchCases({ cases }));
          for (const one of ended) this.attend(() => this.finish(one));
        } catch (error) {
          if (!isCancellation(error)) throw error;
        }
      },
      () => {
        this.watching = null;
      },
    );
  }

  private end({ index, state, reason }: EndedCase): void {
    if (!this.books.isOpen(index)) return;
    this.books.settle(index, state, reason);
    this.endedHere += 1;
    if (state === 'failed' && this.input.failFast) this.stop();
  }

  /** A pause may have been asked for before there was anybody to hear it. */
  private greet(child: Pick<ChildWorkflowHandle<typeof run>, 'signal'>): void {
    if (this.paused) this.ask(() => child.signal(pauseSignalName));
  }

  private tellRunning(signal: string): void {
    for (const workflowId of [...this.books.running.values(), ...this.beginnings.workflowIds]) {
      this.ask(() => getExternalWorkflowHandle(workflowId).signal(signal));
    }
  }

  /** A message to a case that has ended meanwhile reaches nobody, which is as well. */
  private ask(message: () => Promise<void>): void {
    this.asking += 1;
    this.attend(
      () => message().catch(() => {}),
      () => {
        this.asking -= 1;
      },
    );
  }

  /** Work beside the main loop, which takes over its faults and looks again when it is done. */
  private attend(work: () => Promise<void>, done: () => void = () => {}): void {
    work()
      .catch((error: unknown) => {
        this.fault ??= error;
      })
      .finally(() => {
        done();
        this.changed = true;
      });
  }
}
