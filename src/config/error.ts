/** One thing that is wrong with a configuration. `key` is the dotted name, or '' for the file as a whole. */
export interface Problem {
  readonly key: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The place of a problem as editors understand it: `file:line:column`, or '' when it has none. */
export function placeOf(problem: Problem): string {
  if (problem.file === undefined) return '';
  if (problem.line === undefined) return problem.file;
  return `${problem.file}:${problem.line}:${problem.column ?? 1}`;
}

/** A configuration that cannot be run. Carries every problem found, not the first one; `message` is ready to print. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map((problem) => {
      const place = placeOf(problem);
      return place === '' ? `  ${problem.message}` : `  ${place}: ${problem.message}`;
    });
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The configuration cannot be used (${count}):\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
