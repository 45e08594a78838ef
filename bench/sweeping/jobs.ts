/** The cases of which `bench sweep` computes many. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const base = path.join(root, 'configs/quickstart.yml');

export interface Job {
  readonly name: string;
  readonly overrides: Readonly<Record<string, string | number | boolean>>;
}

const shared = { 'io.figures': false, 'numerics.checkpoint.enabled': false };

export const jobs: readonly Job[] = [
  { name: 'short (31 s of model time)', overrides: { ...shared, 'numerics.t_end_years': 1e-6 } },
  { name: 'ten years, 120 bins', overrides: { ...shared, 'sizes.n_bins': 120 } },
];

/** Ends of the axis, i0, along which the cases of a job differ. */
export const [first, last] = [0.01, 0.05];
