import fc from 'fast-check';
import { diskOf } from '../../src/sim/mars/disk.js';
import { marsDisk } from '../../src/sim/mars/model.js';
import { type MarsState, startState } from '../../src/sim/mars/state.js';
import { BitRows, hex, type Outcome, run } from './bytes.js';
import { samples } from './samples.js';

const whole = () => Number.POSITIVE_INFINITY;
const throughBytes = (state: MarsState) => marsDisk.decode(marsDisk.encode(state));

/** Bit equality; the rows are compared one by one so that a failure names the first. */
function expectSame(found: Outcome, expected: Outcome): void {
  const first = expected.rows.findIndex((row, i) => row !== found.rows[i]);
  expect(first).toBe(-1);
  expect(found.rows.length).toBe(expected.rows.length);
  expect(found.final === expected.final).toBe(true);
}

describe('a run cut anywhere is the uncut run, bit for bit', () => {
  describe.each(Object.entries(samples))('%s', (_, params) => {
    const uncut = run(marsDisk, params, whole);

    test('cut after every step, through bytes', () => {
      expectSame(
        run(marsDisk, params, () => 1, throughBytes),
        uncut,
      );
    });

    test('random cuts, through bytes, with the parameters read anew for each segment', () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }), (lengths) => {
          const sink = new BitRows();
          let state = marsDisk.initial(params);
          for (let i = 0; state.stop === 0; i++) {
            let left = lengths[i % lengths.length];
            const again = JSON.parse(JSON.stringify(params));
            state = throughBytes(
              marsDisk.advance(state, again, Number.POSITIVE_INFINITY, () => --left <= 0, sink),
            );
          }
          expectSame({ rows: sink.rows, final: hex(marsDisk.encode(state)) }, uncut);
        }),
        { numRuns: 8, seed: 3 },
      );
    });

    test('boundaries in time', () => {
      const sink = new BitRows();
      let state = marsDisk.initial(params);
      for (let boundary = 0.01; state.stop === 0; boundary *= 3) {
        const before = state.time;
        state = marsDisk.advance(state, params, boundary, () => false, sink);
        expect(state.time >= boundary || state.stop !== 0).toBe(true);
        if (before < boundary) expect(state.steps).toBeGreaterThan(0);
      }
      expectSame({ rows: sink.rows, final: hex(marsDisk.encode(state)) }, uncut);
    });

    test('a boundary already reached takes no step', () => {
      const state = marsDisk.advance(marsDisk.initial(params), params, 0.5, () => false, new BitRows());
      const sink = new BitRows();
      expect(marsDisk.advance(state, params, state.time, () => false, sink)).toEqual(state);
      expect(sink.rows).toEqual([]);
    });

    test('advance leaves its argument alone', () => {
      let left = 20;
      const state = marsDisk.advance(marsDisk.initial(params), params, 1e9, () => --left <= 0, new BitRows());
      const before = hex(marsDisk.encode(state));
      marsDisk.advance(state, params, 1e9, () => false, new BitRows());
      expect(hex(marsDisk.encode(state))).toBe(before);
    });
  });
});

describe('every field of the state is needed', () => {
  const params = samples['dense rows at an interval'];
  const fields = Object.keys(startState(diskOf(params))) as (keyof MarsState)[];

  /** The state with one field as at the start of a run. */
  function without(state: MarsState, field: keyof MarsState): MarsState {
    return { ...state, [field]: startState(diskOf(params))[field] };
  }

  test.each(fields)('%s', (field) => {
    const uncut = run(marsDisk, params, whole);
    const differs = [40, 120, Number.POSITIVE_INFINITY].some((cut) => {
      const sink = new BitRows();
      let left = cut;
      const state = marsDisk.advance(marsDisk.initial(params), params, 1e99, () => --left <= 0, sink);
      try {
        const end = marsDisk.advance(without(state, field), params, 1e99, () => false, sink);
        return hex(marsDisk.encode(end)) !== uncut.final || sink.rows.join() !== uncut.rows.join();
      } catch {
        return true;
      }
    });
    expect(differs).toBe(true);
  });
});
