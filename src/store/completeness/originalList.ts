/** The case list of the original program, `T EPS TAU [I0 [MU]]` a line, and the folder names that it makes of the texts there. */

const names = ['T', 'eps', 'tau', 'i0', 'mu'] as const;

export interface OriginalCase {
  readonly title: string;
  /** By the names of the title. */
  readonly values: Readonly<Record<string, number>>;
}

export interface OriginalList {
  readonly cases: readonly OriginalCase[];
  readonly unreadable: readonly string[];
}

/** Reads a list line by line: one that describes no case hides none of the others. */
export function readOriginalList(text: string): OriginalList {
  const read = text.split('\n').map((line, i) => ({ line, number: i + 1, found: caseOf(line) }));
  return {
    cases: read.flatMap(({ found }) => (typeof found === 'object' && found !== null ? [found] : [])),
    unreadable: read
      .filter(({ found }) => found === 'unreadable')
      .map(({ line, number }) => `line ${number} describes no case: ${line.trim()}`),
  };
}

/** Lists that this program writes name the folder behind `# title=`. @returns null for a line without a case */
function caseOf(line: string): OriginalCase | 'unreadable' | null {
  const [content, comment = ''] = line.split(/#(.*)/);
  const words = content!.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return null;
  const title = /\btitle=(\S+)/.exec(comment)?.[1];
  const numbers = words.map(Number);
  const isCase = words.length >= 3 && words.length <= names.length;
  if (!isCase || (title === undefined && !numbers.every(Number.isFinite))) return 'unreadable';
  const values = numbers.map((number, n) => [names[n], number] as const);
  return {
    title: title ?? words.map((word, n) => `${names[n]}${titleValue(word)}`).join('_'),
    values: Object.fromEntries(values.filter(([, number]) => Number.isFinite(number))),
  };
}

/** A number as the titles write it: `0.` becomes `0p`, then `.` becomes `p`. */
function titleValue(text: string): string {
  return text.replaceAll('0.', '0p').replaceAll('.', 'p');
}
