import { CommandError, exitCode } from './exit.js';

export interface FileAndOverrides {
  readonly file: string;
  readonly overrides: readonly string[];
}

/**
 * `[FILE] [KEY=VALUE ...]` with its long forms `--config FILE` and `--override KEY=VALUE`. A first argument with `=` is a value when the file
 * came by `--config`.
 */
export function fileAndOverrides(
  first: string | undefined,
  rest: readonly string[],
  config: string | undefined,
  override: readonly string[],
): FileAndOverrides {
  const bare = first === undefined ? [...rest] : [first, ...rest];
  const file = config ?? bare.shift();
  if (file === undefined)
    throw new CommandError('which configuration? e.g. marsdisk run configs/quickstart.yml', exitCode.usage);
  return { file, overrides: values([...bare, ...override]) };
}

/** The same where no file need be given: a first argument with `=` is a value then. */
export function optionalFileAndOverrides(
  first: string | undefined,
  rest: readonly string[],
  override: readonly string[],
): { readonly file: string | null; readonly overrides: readonly string[] } {
  const file = first === undefined || /^[^=\s]+=/.test(first) ? null : first;
  const bare = file === null && first !== undefined ? [first, ...rest] : rest;
  return { file, overrides: values([...bare, ...override]) };
}

function values(words: readonly string[]): readonly string[] {
  const wrong = words.find((value) => !/^[^=\s]+=/.test(value));
  if (wrong === undefined) return words;
  throw new CommandError(`${wrong}: expected KEY=VALUE, e.g. numerics.rtol=1e-8`, exitCode.usage);
}
