import type { EndedCase } from '../activities/contract.js';
import { type CaseState, caseMarks, type SweepCarry, type SweepCounts } from './sweepMessages.js';

/**
 * Reasons travel from history to history, in a message that the server limits: a few words of each are enough there, and fewer when
 * thousands of cases fail.
 */
const [reasonLength, shortReasonLength] = [300, 60];
const reasonsBeforeShort = 1000;

const stateOf = Object.fromEntries(Object.entries(caseMarks).map(([state, mark]) => [mark, state])) as Record<
  string,
  CaseState
>;

/** A sweep that has not begun. */
export function unopenedBooks(cases: number): SweepCarry {
  return { states: caseMarks.pending.repeat(cases), running: [], reasons: [], left: [] };
}

/**
 * Where every case stands. A case goes from pending to running to one of the ends, or from pending to an end at once; nothing else happens to
 * it, so that the counts always add up to the number of cases.
 */
export class SweepBooks {
  private readonly states: CaseState[];
  readonly running: Map<number, string>;
  private readonly reasons: Map<number, string>;
  private readonly left: Set<number>;
  private readonly tally: Record<CaseState, number>;
  /** No case before it is pending. */
  private from = 0;

  constructor({ states, running, reasons, left }: SweepCarry) {
    this.states = [...states].map((mark) => stateOf[mark]!);
    this.running = new Map(running);
    this.reasons = new Map(reasons);
    this.left = new Set(left);
    this.tally = { pending: 0, running: 0, complete: 0, failed: 0, cancelled: 0, lost: 0 };
    for (const state of this.states) this.tally[state] += 1;
  }

  /** The next pending cases that are not among `except`, in order, `most` at the most. */
  next(most: number, except: ReadonlySet<number>): number[] {
    while (this.states[this.from] !== undefined && this.states[this.from] !== 'pending') this.from += 1;
    const found: number[] = [];
    for (let i = this.from; i < this.states.length && found.length < most; i += 1) {
      if (this.isFree(i) && !except.has(i)) found.push(i);
    }
    return found;
  }

  begin(index: number, workflowId: string): void {
    this.move(index, 'running');
    this.running.set(index, workflowId);
  }

  settle(index: number, end: CaseState, reason: string | null): void {
    this.move(index, end);
    this.running.delete(index);
    const most = this.reasons.size < reasonsBeforeShort ? reasonLength : shortReasonLength;
    if (reason !== null) this.reasons.set(index, reason.slice(0, most));
  }

  /** The case stays pending, and is not among the next ones. */
  leave(index: number): void {
    this.left.add(index);
  }

  /** Whether it is among those that `next` would name. */
  isFree(index: number): boolean {
    return this.states[index] === 'pending' && !this.left.has(index);
  }

  isOpen(index: number): boolean {
    return this.states[index] === 'pending' || this.states[index] === 'running';
  }

  get counts(): SweepCounts {
    return { ...this.tally };
  }

  /** How the cases that have ended did so. */
  get ended(): EndedCase[] {
    return this.states.flatMap((state, index) =>
      state === 'pending' || state === 'running'
        ? []
        : [{ index, state, reason: this.reasons.get(index) ?? null }],
    );
  }

  get carry(): SweepCarry {
    return {
      states: this.states.map((state) => caseMarks[state]).join(''),
      running: [...this.running],
      reasons: [...this.reasons],
      left: [...this.left],
    };
  }

  private move(index: number, to: CaseState): void {
    const from = this.states[index]!;
    if (!this.isOpen(index) || from === to) throw new Error(`case ${index} is ${from} and cannot be ${to}`);
    this.tally[from] -= 1;
    this.tally[to] += 1;
    this.states[index] = to;
  }
}
