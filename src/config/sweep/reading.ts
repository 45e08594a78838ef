import { keyNamed } from '../keys/index.js';
import { Problems } from '../problems.js';
import { type Entry, entriesOf } from '../source/entry.js';
import { nearest } from '../source/nearest.js';
import { axisNamed, axisNames, ownOfSweeps } from './axisNames.js';
import { type Condition, comparableValue } from './points.js';
import type { Where } from './schema.js';
import type { SweepFile } from './sweepFile.js';
import type { AxisValue } from './sweepSpec.js';

type Path = readonly PropertyKey[];

/** Reads names, values and conditions of a sweep file; what is wrong with them is gathered with its place. */
export class Reading {
  readonly problems = new Problems();
  readonly warnings: string[] = [];

  constructor(readonly file: SweepFile) {}

  refuse(path: Path, message: string): null {
    this.problems.add(path.join('.'), message, this.file.placeOf(path));
    return null;
  }

  /** The one name of an axis; null when it can be none. */
  axis(written: string, path: Path): string | null {
    const name = axisNamed(written);
    if (name === null) {
      const near = nearest(written, axisNames);
      const hint = near === null ? '' : `. Did you mean ${near}?`;
      return this.refuse(path, `${written}: no such axis and no key of a configuration${hint}`);
    }
    if (ownOfSweeps.has(name)) return this.refuse(path, `${name}: ${ownOfSweeps.get(name)}`);
    const key = keyNamed.get(name);
    return key?.status === 'dead' ? this.refuse(path, `${written} has no effect: ${key.becomes}`) : name;
  }

  /** Whether all values can be written into a configuration. */
  finite(axis: string, values: readonly AxisValue[], path: Path): boolean {
    const bad = values.findIndex((value) => typeof value === 'number' && !Number.isFinite(value));
    if (bad >= 0) this.refuse(path, `${axis}: ${values[bad]} is not a finite number`);
    return bad < 0;
  }

  /** Keys and values below `set`. */
  settings(set: Record<string, unknown> = {}, path: Path): Entry[] {
    const entries = entriesOf(set, [], 'sweep', (inner) => this.file.placeOf([...path, ...inner]));
    for (const { name } of entries) {
      if (ownOfSweeps.has(name))
        this.refuse([...path, ...name.split('.')], `${name}: ${ownOfSweeps.get(name)}`);
    }
    return entries;
  }

  condition(where: Where, path: Path): Condition {
    return new Map(
      Object.entries(where).flatMap(([written, wanted]) => {
        const at = [...path, written];
        const name = this.axis(written, at);
        const values: readonly AxisValue[] = Array.isArray(wanted) ? wanted : [wanted];
        if (name === null || !this.finite(written, values, at)) return [];
        return [[name, new Set(values.map((value) => comparableValue(name, value)))] as const];
      }),
    );
  }
}
