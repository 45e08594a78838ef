import { keyNamed } from '../keys/index.js';
import { presentName } from '../source/entry.js';

/** Names of axes that stand for a key: those of the original's sweeps, in its order of columns, titles and nesting. */
export const standardAxes: ReadonlyMap<string, string> = new Map([
  ['T', 'radiation.TM_K'],
  ['eps', 'supply.mixing.epsilon_mix'],
  ['tau', 'optical_depth.tau0_target'],
  ['i0', 'dynamics.i0'],
  ['mu', 'supply.const.mu_orbit10pct'],
]);

const axisOfKey = new Map([...standardAxes].map(([axis, key]) => [key, axis]));

/** Configuration key that an axis sets. */
export const keyOfAxis = (axis: string): string => standardAxes.get(axis) ?? axis;

/** The one name of an axis, however it was written: `radiation.TM_K` and `physics.radiation.TM_K` are `T`. Null: no such key. */
export function axisNamed(text: string): string | null {
  if (standardAxes.has(text)) return text;
  const key = presentName(text.split('.'));
  return axisOfKey.get(key) ?? (keyNamed.has(key) ? key : null);
}

/** What may stand as the name of an axis. */
export const axisNames: readonly string[] = [...standardAxes.keys(), ...keyNamed.keys()];

/** Keys that a sweep decides by itself, with what to do instead. */
export const ownOfSweeps: ReadonlyMap<string, string> = new Map([
  ['io.outdir', 'each case has a folder in its batch; give `root`, or --outdir'],
  [
    'numerics.resume.from_path',
    'the cases of a sweep begin at their start; go on from a checkpoint with `marsdisk run`',
  ],
]);
