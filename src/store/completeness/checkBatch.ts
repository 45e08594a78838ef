import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { BatchLayout } from '../batch/batchLayout.js';
import { readCaseStatus } from '../batch/caseStatus.js';
import { namesIn } from '../folders.js';
import { type CheckOptions, checkCase } from './checkCase.js';
import { type ExpectedCases, expectedCases } from './expected.js';
import type { CheckedBatch, CheckedCase } from './finding.js';

/** Folders of a batch that belong to no case. */
const ownFolders = ['checks', 'logs'];

/**
 * Holds a batch against what it was to compute: every expected case, every file of it, byte by byte, and nothing else. Needs the folders only.
 * @param onCase told after every case how many are done
 * @throws DamagedData when nobody knows which cases there should be
 */
export async function checkBatch(
  layout: BatchLayout,
  options: CheckOptions,
  onCase: (done: number, of: number) => void = () => {},
): Promise<CheckedBatch> {
  const { cases: expected, duplicates, listProblems } = expectedCases(layout);
  const ended = new Map((readCaseStatus(layout) ?? []).map((one) => [one.title, one]));
  const cases: CheckedCase[] = [];
  for (const one of expected) {
    cases.push(await checkCase(layout, one, ended.get(one.title), options));
    onCase(cases.length, expected.length);
    await setImmediate(); // whoever checks must heartbeat meanwhile
  }
  return {
    folder: layout.folder,
    cases,
    unexpected: unexpectedIn(layout, expected),
    duplicates,
    listProblems,
  };
}

function unexpectedIn(layout: BatchLayout, expected: ExpectedCases['cases']): string[] {
  const known = new Set([...ownFolders, ...expected.map(({ title }) => title)]);
  return namesIn(layout.folder)
    .filter((name) => !known.has(name) && !name.startsWith('.'))
    .filter((name) => fs.statSync(path.join(layout.folder, name), { throwIfNoEntry: false })?.isDirectory())
    .sort();
}
