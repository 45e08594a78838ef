import { nextBoundary } from '../../../src/workflows/segments.js';

/** Where a run is cut. Shares refer to the uninterrupted run: of its steps, or of the time that it reaches. */
export type Cut =
  | { readonly kind: 'first step' | 'before the last step' | 'last step' }
  /** Segments of so many steps, over and over. */
  | { readonly kind: 'steps'; readonly lengths: readonly number[] }
  /** One cut after this share of the steps. */
  | { readonly kind: 'share'; readonly share: number }
  /** The first so many steps each a segment of its own. */
  | { readonly kind: 'tiny'; readonly segments: number }
  /** At multiples of a time, as a run does it; with a limit of steps beside it or without. */
  | { readonly kind: 'interval'; readonly share: number; readonly steps: number | null }
  | { readonly kind: 'times'; readonly shares: readonly number[] }
  /** Boundaries on, one rounding before and one behind the very end of a step. */
  | { readonly kind: 'ends of steps'; readonly shares: readonly number[] }
  /** Segments of so many steps, with segments that find their boundary reached between them. */
  | { readonly kind: 'empty segments'; readonly steps: number };

/** What ends the next segment: a boundary in time (null: the time reached already) or a number of steps. */
export interface Limit {
  readonly boundary: number | null;
  readonly steps: number | null;
}

/** What cuts refer to. */
export interface Uncut {
  readonly steps: number;
  /** s */
  readonly time: number;
  /** End of a step, s. */
  endOf(step: number): number;
}

const open = Number.POSITIVE_INFINITY;
const toTheEnd: Limit = { boundary: open, steps: null };
const afterSteps = (steps: number): Limit => ({ boundary: open, steps: Math.max(steps, 1) });
const until = (boundary: number): Limit => ({ boundary, steps: null });

/** Limits of one segment after the other, without end; each is asked for with the time reached, s. */
export function* limitsOf(cut: Cut, uncut: Uncut): Generator<Limit, never, number> {
  switch (cut.kind) {
    case 'first step':
      yield afterSteps(1);
      break;
    case 'before the last step':
      yield afterSteps(uncut.steps - 1);
      break;
    case 'last step':
      yield afterSteps(uncut.steps);
      break;
    case 'share':
      yield afterSteps(Math.round(cut.share * uncut.steps));
      break;
    case 'tiny':
      for (let i = 0; i < cut.segments; i++) yield afterSteps(1);
      break;
    case 'steps':
      for (let i = 0; ; i++) yield afterSteps(cut.lengths[i % cut.lengths.length]!);
    case 'interval':
      for (let time = 0; ; )
        time = yield { boundary: nextBoundary(time, intervalOf(cut.share, uncut)), steps: cut.steps };
    case 'times':
      for (const share of cut.shares) yield until(share * uncut.time);
      break;
    case 'ends of steps':
      for (const share of cut.shares) yield* around(uncut.endOf(Math.round(share * uncut.steps)));
      break;
    case 'empty segments':
      for (;;) {
        yield { boundary: null, steps: null };
        yield afterSteps(cut.steps);
      }
  }
  for (;;) yield toTheEnd;
}

/** Seconds between two boundaries; a run may end where it begins. */
export function intervalOf(share: number, { time }: Uncut): number {
  return time > 0 ? share * time : 1;
}

function* around(time: number): Generator<Limit> {
  yield until(time * (1 - Number.EPSILON));
  yield until(time);
  yield until(time * (1 + Number.EPSILON));
}
