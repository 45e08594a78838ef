import { ConfigurationError, type Problem } from '../error.js';

const mostProblems = 30;
const mostWarnings = 20;

interface Finding<T> {
  readonly what: T;
  /** Titles of the cases it is about. */
  readonly titles: string[];
}

/** Gathers what is wrong with, or remarkable about, the cases of a sweep; what many cases share is said once. */
export class CaseFindings {
  private readonly problems = new Map<string, Finding<Problem>>();
  private readonly warned_ = new Map<string, Finding<string>>();

  /** @param cases how many there are */
  constructor(private readonly cases: number) {}

  failed(title: string, problems: readonly Problem[]): void {
    for (const problem of problems) note(this.problems, JSON.stringify(problem), problem, title);
  }

  warned(title: string, warnings: readonly string[]): void {
    for (const warning of warnings) note(this.warned_, warning, warning, title);
  }

  warnings(): string[] {
    const found = [...this.warned_.values()].map(({ what, titles }) => `${this.who(titles)}${what}`);
    return bounded(found, mostWarnings, (left) => `and ${left} more warnings`);
  }

  /** @throws ConfigurationError if there are problems */
  check(): void {
    if (this.problems.size === 0) return;
    const found = [...this.problems.values()].map(({ what, titles }) => ({
      ...what,
      message: `${this.who(titles)}${what.message}`,
    }));
    const more = (left: number): Problem => ({ key: '', message: `and ${left} more problems` });
    throw new ConfigurationError(bounded(found, mostProblems, more));
  }

  private who(titles: readonly string[]): string {
    if (titles.length === this.cases && this.cases > 1) return '';
    return titles.length === 1
      ? `case ${titles[0]}: `
      : `${titles.length} cases (${titles.slice(0, 2).join(', ')}${titles.length > 2 ? ', ...' : ''}): `;
  }
}

function note<T>(findings: Map<string, Finding<T>>, key: string, what: T, title: string): void {
  const known = findings.get(key);
  if (known) known.titles.push(title);
  else findings.set(key, { what, titles: [title] });
}

function bounded<T>(all: readonly T[], most: number, more: (left: number) => T): T[] {
  return all.length <= most ? [...all] : [...all.slice(0, most), more(all.length - most)];
}
