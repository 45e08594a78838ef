import type { Kill } from '../durability/command.js';

/** Numbers in [0, 1) that a seed determines (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Events that come in every segment, or in every few of them. */
const ALONG_THE_WAY = [
  'segment-started',
  'segment-computed',
  'workflow-task',
  'manifest-started',
  'manifest-written',
];
/** Events behind the last segment. */
const AT_THE_END = ['workflow-task', 'merge-progress', 'merge-done', 'before-removal'];

/** Where the next kills of one command strike: some of the server, which the command survives, then one that ends the command. */
export function randomKills(
  chance: () => number,
  segmentSteps: number,
  atTheEnd: boolean,
  limit: number,
): Kill[] {
  const one = (what: Kill['what']): Kill => {
    const events = atTheEnd ? AT_THE_END : ALONG_THE_WAY;
    const choice = Math.floor(chance() * (events.length + 3));
    const at = events[choice] ?? (atTheEnd ? 'merge-progress' : 'step');
    if (at === 'step') return { at, what, step: 1 + Math.floor(chance() * segmentSteps) };
    return { at, what, count: 1 + Math.floor(chance() * (at === 'workflow-task' ? 4 : 2)) };
  };
  const servers = Math.min(limit - 1, Math.floor(chance() * 2));
  return [...Array.from({ length: servers }, () => one('server')), one(chance() < 0.5 ? 'node' : 'all')];
}
