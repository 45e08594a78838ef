import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Longest wait for what must come, ms. */
const patience = 90_000;

/** Looks until there is an answer. @throws when it does not come */
export async function eventually<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  for (const deadline = Date.now() + patience; ; await pause(20)) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${patience} ms`);
  }
}

/** The number that a process has written of itself. */
export function pidIn(file: string): Promise<number> {
  return eventually(file, () => (fs.existsSync(file) && Number(fs.readFileSync(file, 'utf8'))) || null);
}

export function gone(pid: number): Promise<boolean> {
  return eventually(`end of process ${pid}`, () => (isAlive(pid) ? null : true));
}

/** A process that has ended and waits for somebody to ask is not alive. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
