/** Words of the shared memory between a compute thread and its activity. */
const STOP = 0;
const HALT_AT = 1;
const RELEASED = 2;

/**
 * The line to a busy thread: it reads it between two steps, so no message loop is needed. A halt (used by the tests' worker bootstrap
 * only) blocks the thread at an exact step until the other side has seen it.
 */
export class StepGate {
  private readonly words: Int32Array;

  constructor(
    readonly memory: SharedArrayBuffer = new SharedArrayBuffer(12),
    private readonly onHalt: (steps: number) => void = () => {},
  ) {
    this.words = new Int32Array(memory);
  }

  /** Also lets go of a thread that is halted: it ends at that step. */
  stop(): void {
    Atomics.store(this.words, STOP, 1);
    this.release();
  }

  get stopped(): boolean {
    return Atomics.load(this.words, STOP) === 1;
  }

  haltAt(step: number): void {
    Atomics.store(this.words, HALT_AT, step);
  }

  release(): void {
    Atomics.store(this.words, RELEASED, 1);
    Atomics.notify(this.words, RELEASED);
  }

  /** Called by the thread after each step. */
  step(steps: number): void {
    if (Atomics.load(this.words, HALT_AT) !== steps) return;
    this.onHalt(steps);
    Atomics.wait(this.words, RELEASED, 0);
  }
}
