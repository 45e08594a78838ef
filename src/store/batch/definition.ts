/** The definition of a batch, `checks/sweep.json`: all that is needed to compute its cases, whatever becomes of the files it was made from. */
import path from 'node:path';
import type { RunSpec } from '../../config/runSpec.js';
import { placedIn } from '../../config/sweep/placed.js';
import type { AxisValue, Hooks, SweepSpec } from '../../config/sweep/sweepSpec.js';
import { readJson } from '../documents.js';
import { makeFolder, writeDurably } from '../durable.js';
import { DamagedData } from '../error.js';
import type { BatchLayout } from './batchLayout.js';
import { type Change, changesBetween, withChanges } from './changes.js';

export interface DefinedCase {
  readonly title: string;
  readonly values: Readonly<Record<string, AxisValue>>;
  readonly seed: number;
  /** Of its run. */
  readonly identity: string;
  /** What makes its specification of that of the first case. */
  readonly changes: readonly Change[];
}

export interface BatchDefinition {
  readonly schema: 1;
  readonly tag: string;
  readonly identity: string;
  readonly seed: number;
  readonly jobs: number | null;
  readonly hooks: Hooks;
  /** Specification of the first case, in the folder `unplaced`. */
  readonly first: RunSpec;
  /** By index. */
  readonly cases: readonly DefinedCase[];
}

const cure = 'Restore it from a copy, or begin a new batch with --new.';

function definitionOf(sweep: SweepSpec): BatchDefinition {
  const first = sweep.cases[0]!.spec;
  return {
    schema: 1,
    tag: sweep.tag,
    identity: sweep.identity,
    seed: sweep.seed,
    jobs: sweep.jobs,
    hooks: sweep.hooks,
    first,
    cases: sweep.cases.map(({ title, values, seed, spec }) => ({
      title,
      values,
      seed,
      identity: spec.identity,
      changes: changesBetween(first, spec),
    })),
  };
}

/** Writes the definition of a new batch. @throws when there is one already */
export function writeDefinition(layout: BatchLayout, sweep: SweepSpec): void {
  makeFolder(layout.checks);
  writeDurably(layout.definition, textOf(definitionOf(sweep)), { createOnly: true });
}

/**
 * Takes over what a sweep of the same identity says otherwise about its cases: limits, hooks, archives, all that changes no result.
 * Its seeds stay.
 */
export function renewDefinition(
  layout: BatchLayout,
  there: BatchDefinition,
  sweep: SweepSpec,
): BatchDefinition {
  const wanted = definitionOf(sweep);
  const cases = wanted.cases.map((one, index) => ({ ...one, seed: there.cases[index]!.seed }));
  const renewed = { ...wanted, seed: there.seed, cases };
  if (textOf(renewed) !== textOf(there)) writeDurably(layout.definition, textOf(renewed));
  return renewed;
}

function textOf(definition: BatchDefinition): string {
  return `${JSON.stringify(definition)}\n`;
}

/** @returns null when the folder holds none */
export function readDefinition(layout: BatchLayout): BatchDefinition | null {
  const definition = readJson(layout.definition) as BatchDefinition | null;
  if (definition === null) return null;
  if (definition.schema === 1 && Array.isArray(definition.cases)) return definition;
  throw new DamagedData(layout.definition, 'is not the definition of a batch', cure);
}

/** The run of a case, in its folder. */
export function specOfCase(definition: BatchDefinition, index: number, layout: BatchLayout): RunSpec {
  const { title, changes, identity } = definition.cases[index]!;
  const spec = withChanges(definition.first, changes);
  if (spec.identity !== identity) {
    throw new DamagedData(layout.definition, `contradicts itself about the case ${title}`, cure);
  }
  return { ...placedIn(spec, path.join(layout.folder, title)), title };
}
