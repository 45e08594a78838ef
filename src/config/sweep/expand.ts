import { dirname, extname, resolve } from 'node:path';
import { readText } from '../base.js';
import { keyNamed } from '../keys/index.js';
import { Problems } from '../problems.js';
import { type Entry, entriesOf } from '../source/entry.js';
import { nearest } from '../source/nearest.js';
import { TableError } from '../tables/columns.js';
import { parseCsv } from '../tables/csv.js';
import { axisNamed, axisNames, ownOfSweeps } from './axisNames.js';
import { axisValues } from './axisValues.js';
import { readList } from './listFile.js';
import {
  type Axis,
  type AxisGroup,
  type Condition,
  comparableValue,
  meets,
  type Point,
  product,
  productSize,
} from './points.js';
import type { Where } from './schema.js';
import type { SweepFile } from './sweepFile.js';
import type { AxisValue } from './sweepSpec.js';
import type { Values } from './titles.js';

/** More cases than that are a slip, not a sweep. */
const mostCases = 100_000;

export interface Expanded {
  /** In the order in which they were asked for; equal ones stand there as often as they were. */
  readonly points: readonly Point[];
  /** Every axis that some case names, in the order of the file. */
  readonly axes: readonly string[];
  readonly warnings: readonly string[];
}

/** Makes the cases of a sweep file, without looking at the base. @throws ConfigurationError with all that is wrong */
export function expand(file: SweepFile): Expanded {
  const expansion = new Expansion(file);
  const points = [...expansion.combinations(), ...expansion.listed(), ...expansion.extra()];
  const dressed = expansion.perCase(points);
  expansion.problems.check();
  const axes = new Set([
    ...expansion.axes.map(({ name }) => name),
    ...dressed.flatMap((point) => Object.keys(point.values)),
  ]);
  return { points: dressed, axes: [...axes], warnings: expansion.warnings };
}

class Expansion {
  readonly problems = new Problems();
  readonly warnings: string[] = [];
  readonly axes: Axis[] = [];

  constructor(private readonly file: SweepFile) {}

  /** The one name of an axis; null, and a problem, when there is no such key. */
  private axis(written: string, path: readonly PropertyKey[]): string | null {
    const name = axisNamed(written);
    const place = this.file.placeOf(path);
    if (name === null) {
      const near = nearest(written, axisNames);
      const hint = near === null ? '' : `. Did you mean ${near}?`;
      this.problems.add(
        path.join('.'),
        `${written}: no such axis and no key of a configuration${hint}`,
        place,
      );
    } else if (ownOfSweeps.has(name)) {
      this.problems.add(path.join('.'), `${name}: ${ownOfSweeps.get(name)}`, place);
      return null;
    } else if (keyNamed.get(name)?.status === 'dead') {
      const why = keyNamed.get(name)!.becomes;
      this.problems.add(path.join('.'), `${written} has no effect: ${why}`, place);
      return null;
    }
    return name;
  }

  private finite(axis: string, values: readonly AxisValue[], path: readonly PropertyKey[]): boolean {
    const bad = values.findIndex((value) => typeof value === 'number' && !Number.isFinite(value));
    if (bad < 0) return true;
    this.problems.add(
      path.join('.'),
      `${axis}: ${values[bad]} is not a finite number`,
      this.file.placeOf(path),
    );
    return false;
  }

  *combinations(): Generator<Point> {
    for (const [written, values] of Object.entries(this.file.sweep.axes ?? {})) {
      const path = ['axes', written];
      const name = this.axis(written, path);
      if (name === null) continue;
      if (this.axes.some((other) => other.name === name)) {
        this.problems.add(
          path.join('.'),
          `axes.${written}: ${name} is an axis already`,
          this.file.placeOf(path),
        );
        continue;
      }
      const made = axisValues(name, values, this.file.file, this.problems, this.file.placeOf(path));
      if (this.finite(name, made, path)) this.axes.push({ name, values: made });
    }
    const groups = this.groups();
    const size = productSize(groups);
    if (size > mostCases) {
      const sizes = groups.map((group) => group[0]!.values.length).join(' x ');
      const message = `the axes have ${sizes} = ${size} combinations, at most ${mostCases} cases are allowed; make several sweeps`;
      this.problems.add('axes', message, this.file.placeOf(['axes']));
    }
    // Combinations of axes that are wrong would only hide what is wrong with them.
    this.problems.check();
    const place = this.file.placeOf(['axes']);
    const conditions = (this.file.sweep.exclude ?? []).map((where, i) =>
      this.condition(where, ['exclude', i]),
    );
    const hits = conditions.map(() => 0);
    for (const values of product(groups)) {
      const by = conditions.findIndex((condition) => meets(values, condition));
      if (by >= 0) hits[by]! += 1;
      else yield { values, title: null, set: [], place };
    }
    for (const [i, hit] of hits.entries()) {
      if (hit === 0) this.warnings.push(`exclude ${i + 1} leaves out no case that is not left out already`);
    }
  }

  /** Axes that are combined, and groups of those that advance together, at the place of their first one. */
  private groups(): AxisGroup[] {
    const { zip } = this.file.sweep;
    if (zip === undefined) return this.axes.map((axis) => [axis]);
    const named = zip === true ? [this.axes.map(({ name }) => name)] : this.zipped(zip);
    const groupOf = (axis: Axis) => named.find((group) => group.includes(axis.name)) ?? [axis.name];
    const groups = [...new Set(this.axes.map(groupOf))].map((names) =>
      names.flatMap((name) => this.axes.filter((axis) => axis.name === name)),
    );
    for (const group of groups) {
      const lengths = new Set(group.map(({ values }) => values.length));
      if (lengths.size > 1) {
        const counts = group.map(({ name, values }) => `${name} has ${values.length} values`).join(', ');
        this.problems.add(
          'zip',
          `zip: ${counts}; they must have the same number`,
          this.file.placeOf(['zip']),
        );
      }
    }
    return groups;
  }

  private zipped(zip: readonly (readonly string[])[]): string[][] {
    const met = new Set<string>();
    return zip.map((group, i) =>
      group.flatMap((written, k) => {
        const path = ['zip', i, k];
        const name = this.axis(written, path);
        if (name === null) return [];
        const wrong = met.has(name)
          ? 'stands there twice'
          : this.axes.some((axis) => axis.name === name)
            ? null
            : 'is not among the axes';
        met.add(name);
        if (wrong !== null)
          this.problems.add(path.join('.'), `zip: ${written} ${wrong}`, this.file.placeOf(path));
        return [name];
      }),
    );
  }

  /** Cases of the file that `list` names. */
  *listed(): Generator<Point> {
    const { list } = this.file.sweep;
    if (list === undefined) return;
    const file = resolve(dirname(this.file.file), list);
    const text = readText(file, 'the list of cases');
    if (extname(file).toLowerCase() === '.csv') yield* this.table(file, text);
    else
      for (const { line, values } of readList(text, file))
        yield { values, title: null, set: [], place: { file, line, column: 1 } };
  }

  private *table(file: string, text: string): Generator<Point> {
    try {
      const table = parseCsv(text);
      const named = table.names.map((written) => [written, this.axis(written, ['list'])] as const);
      for (const [written, name] of named)
        if (name !== null) this.finite(written, table.column(written), ['list']);
      for (let row = 0; row < table.rows; row++) {
        const pairs = named.flatMap(([written, name]) =>
          name === null ? [] : [[name, table.column(written)[row]!]],
        );
        yield { values: Object.fromEntries(pairs), title: null, set: [], place: { file } };
      }
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      this.problems.add('list', `list: ${file} ${error.message}`, this.file.placeOf(['list']));
    }
  }

  *extra(): Generator<Point> {
    for (const [i, { title = null, set, ...axes }] of (this.file.sweep.cases ?? []).entries()) {
      const values = this.values(axes, ['cases', i]);
      if (values !== null)
        yield {
          values,
          title,
          set: this.settings(set, ['cases', i, 'set']),
          place: this.file.placeOf(['cases', i]),
        };
    }
  }

  private values(axes: Record<string, unknown>, path: readonly PropertyKey[]): Values | null {
    const pairs = Object.entries(axes).flatMap(([written, value]) => {
      const at = [...path, written];
      const name = this.axis(written, at);
      const plain = value === null || ['number', 'string', 'boolean'].includes(typeof value);
      if (!plain) {
        const message = `${written}: a case takes one value of an axis; lists and maps belong below \`set\``;
        this.problems.add(at.join('.'), message, this.file.placeOf(at));
      }
      if (name === null || !plain || !this.finite(written, [value as AxisValue], at)) return [];
      return [[name, value as AxisValue] as const];
    });
    return pairs.length === Object.keys(axes).length ? Object.fromEntries(pairs) : null;
  }

  /** Keys and values below `set`. */
  private settings(set: Record<string, unknown> = {}, path: readonly PropertyKey[]): Entry[] {
    const entries = entriesOf(set, [], 'sweep', (inner) => this.file.placeOf([...path, ...inner]));
    return entries.filter(({ name, place }) => {
      if (!ownOfSweeps.has(name)) return true;
      this.problems.add(path.join('.'), `${name}: ${ownOfSweeps.get(name)}`, place);
      return false;
    });
  }

  private condition(where: Where, path: readonly PropertyKey[]): Condition {
    return new Map(
      Object.entries(where).flatMap(([written, wanted]) => {
        const name = this.axis(written, [...path, written]);
        if (name === null) return [];
        const values: readonly AxisValue[] = Array.isArray(wanted) ? wanted : [wanted];
        if (!this.finite(written, values, [...path, written])) return [];
        return [[name, new Set(values.map((value) => comparableValue(name, value)))] as const];
      }),
    );
  }

  /** Adds what `per_case` sets. */
  perCase(points: readonly Point[]): Point[] {
    const rules = (this.file.sweep.per_case ?? []).map(({ where, set }, i) => ({
      condition: this.condition(where, ['per_case', i, 'where']),
      set: this.settings(set, ['per_case', i, 'set']),
    }));
    for (const [i, { condition }] of rules.entries()) {
      if (!points.some(({ values }) => meets(values, condition)))
        this.warnings.push(`per_case ${i + 1} applies to no case`);
    }
    if (rules.length === 0) return [...points];
    return points.map((point) => ({
      ...point,
      set: [
        ...rules.filter(({ condition }) => meets(point.values, condition)).flatMap(({ set }) => set),
        ...point.set,
      ],
    }));
  }
}
