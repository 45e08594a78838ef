import { formatCount } from '../format.js';
import type { Ink, Paint } from './paint.js';
import { type CaseState, caseStates } from './standing.js';

/** How a state is shown: one column wide on every terminal, and told apart without colours. */
export const marks: Readonly<Record<CaseState, { readonly mark: string; readonly ink: Ink }>> = {
  complete: { mark: '#', ink: 'green' },
  running: { mark: '>', ink: 'blue' },
  pending: { mark: '.', ink: 'dim' },
  failed: { mark: 'X', ink: 'red' },
  lost: { mark: '?', ink: 'magenta' },
  cancelled: { mark: '-', ink: 'yellow' },
};

/** More lines than this nobody reads: then a character stands for several cases. */
const mostLines = 16;

/** In groups of ten, so that a case can be counted out. */
const group = 10;

/**
 * A character for each case, in the order of the definition, with the number of the first case in front of each line. Of very many cases,
 * a character stands for several, and shows the one that matters most.
 * @param columns width of the terminal
 */
export function gridLines(states: readonly CaseState[], columns: number, paint: Paint): string[] {
  const label = formatCount(states.length).length;
  const width = Math.max(group, Math.floor((columns - label - 2) / (group + 1)) * group);
  const each = Math.max(1, Math.ceil(states.length / (width * mostLines)));
  const shown = chunks(states, each).map(worst);
  const lines = chunks(shown, width).map((line, i) => {
    const number = formatCount(i * width * each + 1).padStart(label);
    const blocks = chunks(line, group).map((block) => block.map((state) => painted(state, paint)).join(''));
    return `${paint(number, 'dim')}  ${blocks.join(' ')}`;
  });
  return each === 1 ? lines : [...lines, `a character: ${each} cases, the worst of them`];
}

function worst(states: readonly CaseState[]): CaseState {
  return caseStates.find((state) => states.includes(state))!;
}

function painted(state: CaseState, paint: Paint): string {
  const { mark, ink } = marks[state];
  return paint(mark, ink);
}

/** `# 20 complete   > 4 running`: the states that occur, wrapped to the width. */
export function legendLines(
  counts: Readonly<Record<CaseState, number>>,
  columns: number,
  paint: Paint,
): string[] {
  const entries = [...caseStates]
    .reverse()
    .filter((state) => counts[state] > 0)
    .map((state) => ({ state, text: ` ${formatCount(counts[state])} ${state}` }));
  const lines: { text: string; width: number }[] = [];
  for (const { state, text } of entries) {
    const last = lines.at(-1);
    const entry = `${painted(state, paint)}${text}`;
    const width = text.length + 1;
    if (last === undefined || last.width + 3 + width > columns) lines.push({ text: entry, width });
    else Object.assign(last, { text: `${last.text}   ${entry}`, width: last.width + 3 + width });
  }
  return lines.map(({ text }) => text);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
