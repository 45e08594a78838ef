import { CancellationScope, log, workflowInfo } from '@temporalio/workflow';
import { begunTogether, casesOf, Groups, type Ready, sharedWorkflowId } from './sharing.js';
import type { SweepInput } from './sweepMessages.js';

/** Events of a history of which beginnings that go on and on are ended where they are. The server's own limit is 51,200. */
const mostEvents = 30_000;

/** Shared beginnings of a sweep on their way. What they compute is known to this history alone, until their cases have begun. */
export class Beginnings {
  readonly groups: Groups;
  private readonly running = new Map<
    string,
    { readonly scope: CancellationScope; readonly cases: Ready[] }
  >();

  constructor(private readonly sweep: SweepInput) {
    this.groups = new Groups(sweep.sharing);
  }

  get size(): number {
    return this.running.size;
  }

  get workflowIds(): string[] {
    return [...this.running.keys()];
  }

  /** Those that wait for them. */
  get cases(): Ready[] {
    return [...this.running.values()].flatMap(({ cases }) => cases);
  }

  /**
   * One that fails, or cannot be had, leaves each case to itself: it fails by itself, or does not.
   * @param onStarted as in `begunTogether`
   * @param take gets the cases at the moment in which they do not belong to the beginning any more
   */
  async compute(
    leader: Ready,
    onStarted: Parameters<typeof begunTogether>[2],
    take: (cases: readonly Ready[]) => void,
  ): Promise<void> {
    const scope = new CancellationScope();
    const cases = casesOf(leader);
    const workflowId = sharedWorkflowId(leader);
    this.running.set(workflowId, { scope, cases });
    const begun = await scope
      .run(() => begunTogether(this.sweep, leader, onStarted))
      .catch((error: unknown) => {
        log.warn(`${workflowId} has failed: its ${cases.length} cases are computed one by one`, { error });
        return cases;
      });
    this.running.delete(workflowId);
    take(begun);
  }

  /** Ends them at their next step, with what they have. */
  end(): void {
    for (const { scope } of this.running.values()) scope.cancel();
  }

  /** Whether a fresh history must wait for them. */
  hold(ready: readonly { readonly forked?: true | undefined }[]): boolean {
    if (workflowInfo().historyLength > mostEvents) this.end();
    return this.running.size > 0 || ready.some(({ forked }) => forked);
  }
}
