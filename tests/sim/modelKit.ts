import fc from 'fast-check';
import type { Model, StateFields } from '../../src/sim/model.js';
import { BitRows, hex, type Outcome, run } from './bytes.js';

const open = Number.POSITIVE_INFINITY;
const whole = () => open;

/** Bit equality; the rows are compared one by one so that a failure names the first. */
function expectSame(found: Outcome, expected: Outcome): void {
  const first = expected.rows.findIndex((row, i) => row !== found.rows[i]);
  expect(first).toBe(-1);
  expect(found.rows.length).toBe(expected.rows.length);
  expect(found.final === expected.final).toBe(true);
}

/**
 * The tests of design.md section 4, for any model.
 *
 * @param samples short runs of at least 20 steps that between them need every field of the state
 */
export function modelKit<P, S>(model: Model<P, S>, samples: Readonly<Record<string, P>>): void {
  const throughBytes = (state: S) => model.decode(model.encode(state));
  describe(`${model.name}: a run cut anywhere is the uncut run, bit for bit`, () => {
    describe.each(Object.entries(samples))('%s', (_, params) => {
      const uncut = run(model, params, whole);
      splits(model, params, uncut, throughBytes);
      invariants(model, params, throughBytes);
    });
  });

  describe(`${model.name}: every field of the state is needed`, () => {
    const uncuts = Object.values(samples).map((params) => ({ params, uncut: run(model, params, whole) }));
    const [any] = uncuts;
    const { scalars, arrays } = model.fields(model.initial(any!.params));
    test.each([...Object.keys(scalars), ...Object.keys(arrays)])('%s', (field) => {
      const drop = (params: P) => (state: S) => withoutField(model, params, state, field);
      expect(uncuts.some(({ params, uncut }) => isNoticed(model, params, uncut, drop(params)))).toBe(true);
    });
  });
}

function splits<P, S>(model: Model<P, S>, params: P, uncut: Outcome, throughBytes: (state: S) => S): void {
  test('cut after every step, through bytes', () => {
    expectSame(
      run(model, params, () => 1, throughBytes),
      uncut,
    );
  });

  test('random cuts, through bytes, with the parameters read anew for each segment', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lengths, (cuts) => {
        const sink = new BitRows();
        let state = model.initial(params);
        for (let i = 0; !model.status(state, params).done; i++) {
          let left = cuts[i % cuts.length]!;
          const again = JSON.parse(JSON.stringify(params));
          state = throughBytes(model.advance(state, again, open, () => --left <= 0, sink));
        }
        expectSame({ rows: sink.rows, final: hex(model.encode(state)) }, uncut);
      }),
      { numRuns: 8, seed: 3 },
    );
  });

  test('boundaries in time', () => {
    const sink = new BitRows();
    let state = model.initial(params);
    const { end } = model.status(state, params);
    for (let boundary = 1e-8 * end; !model.status(state, params).done; boundary *= 3) {
      state = model.advance(state, params, boundary, () => false, sink);
      const { time, done } = model.status(state, params);
      expect(time >= boundary || done).toBe(true);
    }
    expectSame({ rows: sink.rows, final: hex(model.encode(state)) }, uncut);
  });
}

function invariants<P, S>(model: Model<P, S>, params: P, throughBytes: (state: S) => S): void {
  const after = (steps: number, sink = new BitRows()) => {
    let left = steps;
    return model.advance(model.initial(params), params, open, () => --left <= 0, sink);
  };

  test('a boundary already reached takes no step', () => {
    const state = after(5);
    const sink = new BitRows();
    const again = model.advance(state, params, model.status(state, params).time, () => false, sink);
    expect(hex(model.encode(again))).toBe(hex(model.encode(state)));
    expect(sink.rows).toEqual([]);
  });

  test('advance leaves its argument alone', () => {
    const state = after(20);
    const before = hex(model.encode(state));
    model.advance(state, params, open, () => false, new BitRows());
    expect(hex(model.encode(state))).toBe(before);
  });

  test.each([1, 20, open])('after %s steps the state survives bytes and fields exactly', (steps) => {
    const state = after(steps);
    const bytes = hex(model.encode(state));
    expect(hex(model.encode(throughBytes(state)))).toBe(bytes);
    const fields = structuredClone(model.fields(state));
    expect(hex(model.encode(model.fromFields(fields, model.schema)))).toBe(bytes);
    expect(model.status(throughBytes(state), params)).toEqual(model.status(state, params));
  });

  test.each([1, 20, open])('after %s steps what is conserved is, and what is shown is JSON', (steps) => {
    const state = after(steps);
    for (const { name, error, limit } of model.conserved(state, params)) {
      expect([name, error <= limit]).toEqual([name, true]);
    }
    const status = model.status(state, params);
    expect(status.steps).toBe(Math.min(steps, model.status(after(open), params).steps));
    const shown = { status, summary: model.summary(state, params) };
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(() => JSON.stringify(model.readable(state, params))).not.toThrow();
  });
}

/** The state with one of its fields as at the start of a run. */
export function withoutField<P, S>(model: Model<P, S>, params: P, state: S, field: string): S {
  const start = model.fields(model.initial(params));
  const { scalars, arrays } = model.fields(state);
  const kept: StateFields = {
    scalars: field in scalars ? { ...scalars, [field]: start.scalars[field]! } : scalars,
    arrays: field in arrays ? { ...arrays, [field]: start.arrays[field]! } : arrays,
  };
  return model.fromFields(kept, model.schema);
}

/** Whether a run that loses something at one of a few cuts ends differently. */
function isNoticed<P, S>(model: Model<P, S>, params: P, uncut: Outcome, lose: (state: S) => S): boolean {
  return [5, 40, 120, open].some((cut) => {
    const sink = new BitRows();
    let left = cut;
    const state = model.advance(model.initial(params), params, open, () => --left <= 0, sink);
    try {
      const end = model.advance(lose(state), params, open, () => false, sink);
      return hex(model.encode(end)) !== uncut.final || sink.rows.join() !== uncut.rows.join();
    } catch {
      return true;
    }
  });
}
