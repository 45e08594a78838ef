import fs from 'node:fs';
import type { BatchLayout } from '../store/batch/batchLayout.js';
import { type BatchDefinition, readDefinition } from '../store/batch/definition.js';
import { DamagedData } from '../store/error.js';

/** The definition that was read last: megabytes for thousands of cases, and each of them asks for it. */
let last: { readonly stamp: string; readonly definition: BatchDefinition } | null = null;

/** The definition of a batch. @throws DamagedData when it is missing or damaged */
export function definitionOf(layout: BatchLayout): BatchDefinition {
  const stamp = stampOf(layout.definition);
  if (last?.stamp === stamp) return last.definition;
  const definition = readDefinition(layout);
  if (definition === null) {
    throw new DamagedData(
      layout.definition,
      'is missing',
      'Restore it from a copy, or begin a new batch with --new.',
    );
  }
  last = { stamp, definition };
  return definition;
}

/** It is only ever replaced as a whole: another file of the same name has another one. */
function stampOf(file: string): string {
  const stat = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : [file, stat.ino, stat.size, stat.mtimeNs].join(' ');
}
