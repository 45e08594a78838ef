import { type Outcome, type Running, start } from '../command.js';

type Conditions = NonNullable<Parameters<typeof start>[2]>;

/** A command that tells which segments it computes. */
export function traced(home: string, args: readonly string[], conditions: Conditions = {}): Running {
  const environment = { ...conditions.environment, MARSDISK_TEST_TRACE: '1' };
  return start(home, args, { ...conditions, environment });
}

/** Titles of the cases of whose segments one was computed to its end, once for each segment. */
export function computedIn({ stderr }: Outcome): string[] {
  const found = stderr.matchAll(/^event segment-computed .*"folder":"([^"]+)"/gm);
  return [...found].map(([, folder]) => folder!);
}

/** The same of segments that were begun. */
export function startedIn({ stderr }: Outcome): string[] {
  const found = stderr.matchAll(/^event segment-started .*"folder":"([^"]+)"/gm);
  return [...found].map(([, folder]) => folder!);
}
