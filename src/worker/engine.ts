import { engineFingerprint } from '../sim/numerics/engineFingerprint.js';
import { hooks } from './hooks.js';

/** Fingerprint of the engine that computes in this process. */
export function workerEngine(): string {
  return hooks.engine ?? engineFingerprint();
}
