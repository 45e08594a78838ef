import { formatCount } from '../format.js';
import { marks } from './grid.js';
import type { Paint } from './paint.js';
import { type CaseState, caseStates, type StandingCase } from './standing.js';
import { fitted } from './width.js';

/** Cases that ended badly in the same way. */
export interface SameReason {
  readonly state: CaseState;
  /** Of the first of them. */
  readonly reason: string;
  readonly titles: readonly string[];
}

const bad: readonly CaseState[] = ['failed', 'lost', 'cancelled'];

/** The cases that did not complete, those with the same reason together, the most frequent first. Numbers and titles do not count. */
export function reasonsOf(cases: readonly StandingCase[]): SameReason[] {
  const groups = new Map<string, { state: CaseState; reason: string; titles: string[] }>();
  for (const { title, state, reason } of cases) {
    if (!bad.includes(state)) continue;
    const said = firstLine(reason);
    const key = `${state} ${said.replaceAll(title, '').replace(/\d+(\.\d+)?(e[-+]?\d+)?/gi, '0')}`;
    const group = groups.get(key) ?? { state, reason: said, titles: [] };
    group.titles.push(title);
    groups.set(key, group);
  }
  const order = ({ state }: SameReason) => caseStates.indexOf(state);
  return [...groups.values()].sort((a, b) => b.titles.length - a.titles.length || order(a) - order(b));
}

function firstLine(reason: string | null): string {
  return reason?.trim().split('\n')[0] || 'no reason recorded';
}

/** What fits on a screen. */
const shownReasons = 8;
const shownTitles = 3;

/** Each reason with how often, and the first of its cases; empty when every case is well. */
export function reasonLines(cases: readonly StandingCase[], columns: number, paint: Paint): string[] {
  const reasons = reasonsOf(cases);
  const width = Math.max(0, ...reasons.map(({ titles }) => formatCount(titles.length).length));
  const lines = reasons.slice(0, shownReasons).flatMap(({ state, reason, titles }) => {
    const head = `  ${formatCount(titles.length).padStart(width)} `;
    const margin = ' '.repeat(head.length + 2);
    const rest = fitted(`: ${reason}`, columns - head.length - state.length);
    return [
      `${head}${paint(state, marks[state].ink)}${rest}`,
      `${margin}${someTitles(titles, columns - margin.length)}`,
    ];
  });
  const hidden = reasons.slice(shownReasons);
  const hiddenCases = hidden.reduce((sum, { titles }) => sum + titles.length, 0);
  return hidden.length === 0
    ? lines
    : [...lines, `  and ${formatCount(hiddenCases)} more for ${hidden.length} other reasons`];
}

/** As many titles as fit, and how many more there are. */
function someTitles(titles: readonly string[], columns: number): string {
  for (let shown = Math.min(shownTitles, titles.length); ; shown--) {
    const more = titles.length - shown;
    const text = titles.slice(0, shown).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
    if (text.length <= columns || shown === 1) return fitted(text, columns);
  }
}
