/** What the documents for users claim, taken out of their text so that it can be held against the program. */

/** The lines of all fenced blocks, continued lines joined, prompts and comments taken off. */
export function codeLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map((match) => match[1]!);
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) =>
      line
        .replace(/^\s*\$ /, '')
        .replace(/\s+#.*$/, '')
        .trim(),
    );
}

/** Text in single backquotes outside of fenced blocks. */
export function codeWords(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
}

/** A command line that a document shows. */
export interface ShownCommand {
  readonly line: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything behind `marsdisk`. */
  readonly words: readonly string[];
}

/** Every `marsdisk ...` of fenced blocks and of prose. */
export function shownCommands(text: string): ShownCommand[] {
  const lines = [...codeLines(text), ...codeWords(text)];
  return lines.flatMap((line) => {
    const words = [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
    const at = words.findIndex((word) => /^(?:bin\/)?marsdisk$/.test(word));
    const before = words.slice(0, Math.max(at, 0));
    if (at < 0 || before.some((word) => !/^\w+=/.test(word))) return [];
    const end = words.findIndex((word, i) => i > at && /^(?:[>|;&]|2>)/.test(word));
    const environment = Object.fromEntries(before.map((word) => word.split(/=(.*)/s).slice(0, 2)));
    return [{ line, environment, words: words.slice(at + 1, end < 0 ? undefined : end) }];
  });
}

/** Targets of links and pictures that are files, without anchors. */
export function localLinks(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^\w+:/.test(target));
}

/** Words in backquotes that name a file or folder of the clone. */
export function namedPaths(text: string): string[] {
  const roots =
    /^(?:src|bin|configs|docs|tables|tests|schema|scripts|bench|validation)\/|^(?:temporal\.config\.ts|package\.json)$/;
  return codeWords(text).filter((word) => roots.test(word) && !/[\s*]/.test(word));
}

/** Words in backquotes that name a source file without its folder. */
export function namedSources(text: string): string[] {
  return codeWords(text).filter((word) => /^\w+\.ts$/.test(word));
}

/** Words in backquotes that begin like a configuration key: the dotted name, without a value. */
export function namedKeys(text: string, firstParts: ReadonlySet<string>): string[] {
  return codeWords(text)
    .filter((word) => /^\w+(?:\.\w+)+(?:[=:]|$)/.test(word) && !/\.ts$/.test(word))
    .map((word) => word.split(/[=:]/)[0]!)
    .filter((name) => firstParts.has(name.split('.')[0]!));
}
