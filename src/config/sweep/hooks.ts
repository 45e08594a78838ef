import { inSeconds } from '../durations.js';
import type { WrittenHook, WrittenSweep } from './schema.js';
import type { Hook, Hooks } from './sweepSpec.js';

function hookOf(written: WrittenHook | undefined): Hook | null {
  if (written === undefined) return null;
  if (typeof written === 'string') return { command: written, timeout: 600, attempts: 3, strict: false };
  return { ...written, timeout: inSeconds(written.timeout, 's') };
}

export function hooksOf(written: WrittenSweep['hooks']): Hooks {
  return { afterCase: hookOf(written?.after_case), afterBatch: hookOf(written?.after_batch) };
}
