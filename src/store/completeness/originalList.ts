/** The case list of the original program, `T EPS TAU I0 [MU]` a line, and the folder names that it makes of it. */

const names = ['T', 'eps', 'tau', 'i0', 'mu'] as const;

/** A line of the list, as text: the original takes names and values from the text. */
export interface OriginalCase {
  readonly title: string;
  /** By the names of the title. */
  readonly values: Readonly<Record<string, number>>;
}

export interface OriginalList {
  readonly cases: readonly OriginalCase[];
  readonly unreadable: readonly string[];
}

/** Reads a list; blank lines and comments (`#`) are skipped. */
export function readOriginalList(text: string): OriginalList {
  const cases: OriginalCase[] = [];
  const unreadable: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] === '') continue;
    // Lists of this program name the folder: axes that the original does not have stand in it, too.
    const named = /#.*\btitle=(\S+)/.exec(line)?.[1];
    const numbers = words.map(Number);
    const isCase = words.length >= 3 && words.length <= names.length && numbers.every(Number.isFinite);
    if (!isCase) unreadable.push(`line ${i + 1}: ${line.trim()}`);
    else {
      cases.push({
        title: named ?? words.map((word, n) => `${names[n]}${titleValue(word)}`).join('_'),
        values: Object.fromEntries(numbers.map((number, n) => [names[n], number])),
      });
    }
  }
  return { cases, unreadable };
}

/** A number as the titles write it: `0.` becomes `0p`, then `.` becomes `p`. */
function titleValue(text: string): string {
  return text.replaceAll('0.', '0p').replaceAll('.', 'p');
}
