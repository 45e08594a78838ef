/** The books of a sweep, under operations that nobody has thought of: the counts always add up, and an end stays an end. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SweepBooks, unopenedBooks } from '../../src/workflows/sweepBooks.js';
import { type CaseState, caseMarks } from '../../src/workflows/sweepMessages.js';

const ends = ['complete', 'failed', 'cancelled', 'lost'] as const;
const index = fc.nat(11);
const operation = fc.oneof(
  fc.record({ does: fc.constant('begin' as const), index }),
  fc.record({ does: fc.constant('settle' as const), index, end: fc.constantFrom(...ends) }),
  fc.record({ does: fc.constant('leave' as const), index }),
  fc.record({ does: fc.constant('carry' as const) }),
  fc.record({ does: fc.constant('next' as const), most: fc.integer({ min: 1, max: 5 }) }),
);

/** What the books must say, kept in the simplest way. */
class Ledger {
  readonly states: CaseState[];
  readonly left = new Set<number>();

  constructor(cases: number) {
    this.states = Array.from({ length: cases }, () => 'pending');
  }

  allows(index: number, to: CaseState): boolean {
    const from = this.states[index];
    return from === 'pending' || (from === 'running' && to !== 'running');
  }
}

function agree(books: SweepBooks, { states, left }: Ledger): void {
  const { counts, carry, running } = books;
  for (const [state, count] of Object.entries(counts)) {
    expect(count).toBe(states.filter((one) => one === state).length);
  }
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(states.length);
  expect(carry.states).toBe(states.map((state) => caseMarks[state]).join(''));
  expect([...running.keys()].sort((a, b) => a - b)).toEqual(
    states.flatMap((state, i) => (state === 'running' ? [i] : [])),
  );
  expect(books.ended.map(({ index, state }) => [index, state])).toEqual(
    states.flatMap((state, i) => ((ends as readonly string[]).includes(state) ? [[i, state]] : [])),
  );
  expect(new Set(carry.left)).toEqual(left);
}

/** Cases that may begin: in order, none twice, none that has begun or shall not be touched. */
function nextIsFair(books: SweepBooks, { states, left }: Ledger, most: number): void {
  const open = states.flatMap((state, i) => (state === 'pending' && !left.has(i) ? [i] : []));
  expect(books.next(most, new Set())).toEqual(open.slice(0, most));
  const except = new Set(open.slice(0, 1));
  expect(books.next(most, except)).toEqual(open.slice(1, 1 + most));
}

describe('the books of a sweep', () => {
  it('balance at every moment, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(operation, { maxLength: 60 }), (cases, all) => {
        let books = new SweepBooks(unopenedBooks(cases));
        const ledger = new Ledger(cases);
        for (const one of all) {
          if ('index' in one && one.index >= cases) continue;
          if (one.does === 'carry') books = new SweepBooks(JSON.parse(JSON.stringify(books.carry)));
          else if (one.does === 'next') nextIsFair(books, ledger, one.most);
          else if (one.does === 'leave') {
            books.leave(one.index);
            ledger.left.add(one.index);
          } else {
            const { index } = one;
            const to = one.does === 'begin' ? 'running' : one.end;
            const move = () =>
              one.does === 'begin'
                ? books.begin(index, `case-${index}`)
                : books.settle(index, one.end, one.end === 'complete' ? null : `why ${index}`);
            if (ledger.allows(index, to)) {
              move();
              ledger.states[index] = to;
            } else expect(move).toThrow(/cannot be/);
          }
          agree(books, ledger);
        }
      }),
    );
  });

  it('hand on every reason, and no more than a few words of it', () => {
    const books = new SweepBooks(unopenedBooks(3));
    books.settle(0, 'failed', 'x'.repeat(5000));
    books.settle(1, 'lost', 'terminated: by hand');
    const { ended, carry } = new SweepBooks(books.carry);
    expect(ended).toEqual([
      { index: 0, state: 'failed', reason: 'x'.repeat(300) },
      { index: 1, state: 'lost', reason: 'terminated: by hand' },
    ]);
    expect(carry.states).toBe('FL.');
  });

  it('fit into the messages that carry them, even when all of 10,000 cases fail', () => {
    const books = new SweepBooks(unopenedBooks(10_000));
    for (let i = 0; i < 10_000; i += 1) books.settle(i, 'failed', 'y'.repeat(1000));
    const most = 1.6e6; // the server refuses 2 MB
    expect(JSON.stringify(books.carry).length).toBeLessThan(most);
    expect(JSON.stringify(books.ended).length).toBeLessThan(most);
    expect(books.ended.every(({ reason }) => reason!.length >= 60)).toBe(true);
  });
});
