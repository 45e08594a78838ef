import fs from 'node:fs';
import { sweepIdentity } from '../../config/sweep/identity.js';
import type { BatchLayout } from '../batch/batchLayout.js';
import { type BatchDefinition, readDefinition } from '../batch/definition.js';
import { DamagedData, hasCode } from '../error.js';
import type { Finding } from './finding.js';
import { readOriginalList } from './originalList.js';

/** A case that a batch must have. */
export interface ExpectedCase {
  readonly title: string;
  /** Of its run; null for cases of the original program, which knows none. */
  readonly identity: string | null;
  /** Of the original's list, by the names of its titles; empty where the identity says it all. */
  readonly values: Readonly<Record<string, number>>;
}

export interface ExpectedCases {
  readonly cases: readonly ExpectedCase[];
  /** Titles that more than one line leads to. */
  readonly duplicates: readonly string[];
  /** What is wrong with the definition or the list. */
  readonly problems: readonly Finding[];
}

/**
 * What a batch was to compute: by its definition, or by the list that the original program leaves.
 * @throws DamagedData when it has neither, or one that cannot be read
 */
export function expectedCases(layout: BatchLayout): ExpectedCases {
  const definition = readDefinition(layout);
  if (definition !== null) {
    const cases = definition.cases.map(({ title, identity }) => ({ title, identity, values: {} }));
    return { ...withoutDuplicates(cases), problems: definitionProblems(definition) };
  }
  const { cases, unreadable } = readOriginalList(listOf(layout));
  const problems = unreadable.map((reason) => ({ file: 'checks/expected_sweep_list.txt', reason }));
  return { ...withoutDuplicates(cases.map((one) => ({ ...one, identity: null }))), problems };
}

/** The identity of the sweep is made of titles and identities of its cases, so it tells whether they are the ones that were asked for. */
function definitionProblems({ identity, cases }: BatchDefinition): Finding[] {
  const found = sweepIdentity(cases.map(({ title, identity }) => ({ title, spec: { identity } })));
  if (found === identity) return [];
  return [{ file: 'checks/sweep.json', reason: 'has changed: its cases are not those of its identity' }];
}

function listOf(layout: BatchLayout): string {
  try {
    return fs.readFileSync(layout.expectedList, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new DamagedData(
      layout.folder,
      'holds neither checks/sweep.json nor checks/expected_sweep_list.txt: nobody knows which cases it should have',
      'Restore one of them from a copy; of the original program, write the list: T EPS TAU I0 [MU], a line for each case.',
    );
  }
}

/** File systems that ignore case would mix up titles that differ in nothing else. */
function withoutDuplicates(all: readonly ExpectedCase[]): Pick<ExpectedCases, 'cases' | 'duplicates'> {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const cases = all.filter(({ title }) => {
    const key = title.toLowerCase();
    if (seen.has(key)) duplicates.add(title);
    return !seen.has(key) && seen.add(key);
  });
  return { cases, duplicates: [...duplicates].sort() };
}
