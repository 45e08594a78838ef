import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder of the test file's own, removed at its end. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
