import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';

/** A folder of the test file's own, removed at its end. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'marsdisk-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The same with an embedded server that stays up until the end of the file: where a test is not about the server's life, no command has to
 * start and stop it.
 */
export function scratchWithServer(): {
  readonly folder: string;
  readonly home: string;
  /** Of the server, once it runs. */
  address(): string;
} {
  let server: ServerInUse | null = null;
  afterAll(() => server?.release()); // before its folder goes: hooks run in the order in which they are written
  const folder = scratch();
  const home = path.join(folder, 'home');
  beforeAll(async () => {
    server = await useServer({ home, onMessage: () => {} });
  });
  return { folder, home, address: () => server!.address };
}

/** Every finished file below a folder, with the hash of its contents. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.tmp-'));
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')];
    }),
  );
}

/** Files below a folder that were begun and not finished. */
export function halfWritten(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => path.basename(name).startsWith('.tmp-'));
}
