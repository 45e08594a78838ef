import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../src/config/error.js';
import { loadRunSpec } from '../../src/config/load.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import type { MarsParams } from '../../src/sim/mars/params.js';

export const quickstart = 'configs/quickstart.yml';

/** Quickstart with a constant Q_pr: nothing to read from disk. */
export const quick = (...overrides: string[]): Promise<RunSpec> =>
  loadRunSpec({ file: quickstart, overrides: ['radiation.Q_pr=1', ...overrides] });

export const quickParams = async (...overrides: string[]) => (await quick(...overrides)).params as MarsParams;

const folder = mkdtempSync(join(tmpdir(), 'marsdisk-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file into a folder of its own, which vanishes with the tests of this file. */
export function temporary(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(folder, 'case-')), name);
  writeFileSync(path, content);
  return path;
}

/** The error that loading ends with; fails if it loads. */
export async function refusal(loading: Promise<unknown>): Promise<ConfigurationError> {
  const error = await loading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigurationError)) throw error ?? new Error('the configuration was accepted');
  return error;
}

/** A small complete configuration as text, to be damaged. */
export const smallest = `disk:
  geometry:
    r_in_RM: 1.0
    r_out_RM: 2.7
sizes:
  s_min: 1.0e-7
  s_max: 3.0
dynamics:
  i0: 0.05
psd:
  alpha: 1.83
radiation:
  TM_K: 4000
  Q_pr: 1.0
  mars_temperature_driver: {enabled: true, mode: slab}
sinks:
  mode: none
`;
