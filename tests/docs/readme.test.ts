/** The documents for users claim nothing that the program does not know. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { exitCode } from '../../src/cli/exit.js';
import { keyNamed, sections } from '../../src/config/keys/index.js';
import { loadRunSpec } from '../../src/config/load.js';
import { loadSweep } from '../../src/config/sweep/load.js';
import { marsTables } from '../../src/sim/mars/columns.js';
import { marsParams } from '../../src/sim/mars/params.js';
import {
  codeLines,
  localLinks,
  namedKeys,
  namedPaths,
  namedSources,
  type ShownCommand,
  shownCommands,
} from './documents.js';

const folders = ['.', 'docs'];
const documents = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);
const textOf = (file: string) => readFileSync(file, 'utf8');
const readme = textOf('README.md');
const firstParts = new Set([...keyNamed.keys()].map((name) => name.split('.')[0]!));

const sources = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' }).map((file) => path.basename(file)),
);

const helpTexts = new Map<string, string>();
function help(verbs: readonly string[]): string {
  const line = verbs.join(' ');
  if (!helpTexts.has(line)) {
    const words = ['bin/marsdisk', ...verbs, '--help'];
    helpTexts.set(line, execFileSync(process.execPath, words, { encoding: 'utf8' }));
  }
  return helpTexts.get(line)!;
}

/** Commands below `verbs`, from the program's own help. */
function commandsOf(verbs: readonly string[]): string[] {
  const [, list = ''] = help(verbs).split(/^Commands:\n/m);
  const entries = list.split(/\n\n/)[0]!.matchAll(/^ {2}(\w+)/gm);
  return [...entries].map((match) => match[1]!);
}

function verbsOf(words: readonly string[]): string[] {
  const verbs: string[] = [];
  for (const word of words) {
    if (!commandsOf(verbs).includes(word)) break;
    verbs.push(word);
  }
  return verbs;
}

/** What is wrong with a command line; nothing when a user could type it. */
async function problemsOf({ words, environment }: ShownCommand): Promise<string[]> {
  const verbs = verbsOf(words);
  const rest = words.slice(verbs.length);
  if (commandsOf(verbs).length > 0 && rest[0] !== undefined && /^[a-z]+$/.test(rest[0])) {
    return [`unknown command ${rest[0]}`];
  }
  const known = [...help(verbs).matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
  const unknown = rest.filter((word) => word.startsWith('--') && !known.includes(word));
  const problems = unknown.map((option) => `unknown option ${option}`);
  const file = rest.find((word) => word.endsWith('.yml'));
  if (file === undefined) return problems;
  if (!existsSync(file)) return [...problems, `no file ${file}`];
  // A variable of the shell stands for some number.
  const overrides = rest.filter((word) => /^[^-=]+=/.test(word)).map((word) => word.replace(/\$\w+/, '3000'));
  try {
    if (verbs[0] === 'sweep') await loadSweep({ file, overrides, environment });
    else await loadRunSpec({ file, overrides, environment });
  } catch (error) {
    problems.push((error as Error).message);
  }
  return problems;
}

describe('README.md', () => {
  it('has at most 150 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('names the scripts of package.json', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    const named = codeLines(readme).flatMap((line) => /^npm (?:run )?(\w+)$/.exec(line)?.[1] ?? []);
    expect(named).toEqual(['start', 'test']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('names every table that a run leaves, and only columns that exist', async () => {
    const spec = await loadRunSpec({ file: 'configs/quickstart.yml' });
    const tables = marsTables(marsParams.parse(spec.params));
    for (const { file } of tables) expect(readme).toContain(`\`${file}\``);
    const columns = tables[0]!.columns.map(({ name }) => name);
    const used = [...readme.matchAll(/\["(\w+)"\]/g)].map((match) => match[1]!);
    const attributes = ['units', 'definitions'];
    expect(used.filter((name) => !attributes.includes(name) && !columns.includes(name))).toEqual([]);
  });

  it('shows the identity that the demonstration has', async () => {
    const { identity } = await loadRunSpec({ file: 'configs/demo-long.yml' });
    const shown = [...readme.matchAll(/demo-long: mars-disk \S+ identity (\w+)/g)].map((match) => match[1]);
    expect(shown).toEqual([identity.slice(0, 12), identity.slice(0, 12)]);
  });

  it('gives exit codes of the program', () => {
    const [, sentence = ''] = /^Exit codes: ([^.]*)\./m.exec(readme) ?? [];
    const codes = [...sentence.matchAll(/\b(\d+) [a-z]/g)].map((match) => Number(match[1]));
    expect(codes).toEqual(Object.values(exitCode));
  });
});

describe.each(documents)('%s', (file) => {
  const text = textOf(file);

  it('shows commands that the program takes', async () => {
    for (const command of shownCommands(text)) {
      expect([command.line, await problemsOf(command)]).toEqual([command.line, []]);
    }
  });

  it('links to and names files that exist', () => {
    const links = localLinks(text).map((target) => path.join(path.dirname(file), target));
    expect([...links, ...namedPaths(text)].filter((target) => !existsSync(target))).toEqual([]);
    expect(namedSources(text).filter((name) => !sources.has(name))).toEqual([]);
  });

  it('names keys that exist', () => {
    const unknown = namedKeys(text, firstParts).filter((name) => !keyNamed.has(name) && !sections.has(name));
    expect(unknown).toEqual([]);
  });

  it('gives no path of a machine', () => {
    expect(text).not.toMatch(/\/(?:root|home|work|Users)\//);
  });
});

describe('the checks themselves', () => {
  it.each([
    ['marsdisk flee configs/quickstart.yml', /unknown command flee/],
    ['marsdisk config shaw configs/quickstart.yml', /unknown command shaw/],
    ['marsdisk run configs/quickstart.yml --nope', /unknown option --nope/],
    ['bin/marsdisk run configs/none.yml', /no file/],
    ['marsdisk sweep configs/sweeps/temp_supply.yml sizes.n_binz=4', /n_binz/],
    ['marsdisk sweep configs/sweeps/temp_supply.yml --jobz 4', /unknown option --jobz/],
    ['$ marsdisk run configs/quickstart.yml sizes.n_binz=4 | head', /n_binz/],
    ['MARSDISK__numerics__rtoll=1 marsdisk run configs/quickstart.yml', /rtoll/],
    ['marsdisk run configs/quickstart.yml numerics.t_end_years="2 parsecs"', /t_end_years/],
  ])('find what is wrong with %s', async (line, problem) => {
    const [command] = shownCommands(`\`\`\`sh\n${line}   # a comment\n\`\`\`\n`);
    expect((await problemsOf(command!)).join()).toMatch(problem);
  });

  it('find commands, links, paths and keys in prose', () => {
    const text =
      'See [a](docs/none.md#part), ![b](x.png), [c](https://d.e), `src/none.ts`, `none.ts`, `io.nope=1` and `marsdisk flee`.';
    expect(localLinks(text)).toEqual(['docs/none.md', 'x.png']);
    expect(namedPaths(text)).toEqual(['src/none.ts']);
    expect(namedSources(text)).toEqual(['none.ts']);
    expect(namedKeys(text, firstParts)).toEqual(['io.nope']);
    expect(shownCommands(text).map(({ words }) => words)).toEqual([['flee']]);
  });
});
