import type { Model, RowSink } from '../../../src/sim/model.js';

// biome-ignore lint/suspicious/noExplicitAny: of whatever model
export type AnyModel = Model<any, any>;

/**
 * A model that changes a state where it is handed over between two segments: the first one on which the change shows, and only that, or
 * a run that loses its time would never end.
 */
export function changingStates(
  model: AnyModel,
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  change: (state: any) => unknown,
): AnyModel {
  let changed = false;
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  const once = (state: any) => {
    if (changed) return state;
    const other = change(state);
    changed = Buffer.compare(model.encode(other), model.encode(state)) !== 0;
    return other;
  };
  return {
    ...model,
    decode: (bytes) => once(model.decode(bytes)),
    fromFields: (fields, schema) => once(model.fromFields(fields, schema)),
  };
}

/** A model whose state has a part of an array, or a number, as it was at the start of the run. */
export function losing(model: AnyModel, params: unknown, field: string, element?: number): AnyModel {
  const start = model.fields(model.initial(params));
  return changingStates(model, (state) => {
    const { scalars, arrays } = structuredCloneOf(model.fields(state));
    if (element !== undefined) arrays[field]![element] = start.arrays[field]![element]!;
    else if (field in scalars) scalars[field] = start.scalars[field]!;
    else arrays[field] = start.arrays[field]!;
    return model.fromFields({ scalars, arrays }, model.schema);
  });
}

function structuredCloneOf({ scalars, arrays }: ReturnType<AnyModel['fields']>) {
  const copies = Object.entries(arrays).map(([name, array]) => [name, array.slice()] as const);
  return { scalars: { ...scalars }, arrays: Object.fromEntries(copies) as Record<string, Float64Array> };
}

/** A model that shortens its last step in front of a boundary so that it ends there. */
export function shorteningSteps(model: AnyModel): AnyModel {
  return {
    ...model,
    advance(state, params, boundary, stop, sink) {
      let here = state;
      for (;;) {
        const { time, done } = model.status(here, params);
        if (done || time >= boundary) return here;
        here = model.advance(
          { ...here, step: Math.min(here.step, boundary - time) },
          params,
          boundary,
          () => true,
          sink,
        );
        if (stop(here)) return here;
      }
    },
  };
}

/** A model that lets a clock into its state whenever a segment begins. */
export function tellingTime(
  model: AnyModel,
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  where: (state: any, clock: number) => unknown,
): AnyModel {
  return {
    ...model,
    advance: (state, params, boundary, stop, sink) =>
      model.advance(where(state, performance.now()), params, boundary, stop, sink),
  };
}

/** A model whose rows behind a cut pass through something. */
export function changingRows(
  model: AnyModel,
  change: (sink: RowSink) => RowSink & { end(): void },
): AnyModel {
  return {
    ...model,
    advance(state, params, boundary, stop, sink) {
      if (model.status(state, params).steps === 0) return model.advance(state, params, boundary, stop, sink);
      const changed = change(sink);
      const end = model.advance(state, params, boundary, stop, changed);
      changed.end();
      return end;
    },
  };
}

/** Hands on what `change` makes of the first rows of a table; a segment that has fewer hands them on as they are. */
export function firstRows(count: number, table: number, change: (rows: Float64Array[]) => Float64Array[]) {
  return (sink: RowSink) => {
    let held: Float64Array[] | null = [];
    const release = (rows: Float64Array[]) => {
      for (const row of rows) sink.write(table, row);
      held = null;
    };
    return {
      write(which: number, values: Float64Array) {
        if (which !== table || held === null) return sink.write(which, values);
        held.push(values.slice());
        if (held.length === count) release(change(held));
      },
      end: () => release(held ?? []),
    };
  };
}

/** Writes every row without the sign of its zeros. */
export function withoutSigns(sink: RowSink) {
  return {
    write: (table: number, values: Float64Array) =>
      sink.write(
        table,
        values.map((value) => value + 0),
      ),
    end() {},
  };
}
