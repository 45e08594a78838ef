/** Colours of a terminal, where they are wanted. */

const codes = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, dim: 2, bold: 1 } as const;
export type Ink = keyof typeof codes;

export type Paint = (text: string, ink: Ink) => string;

export const plain: Paint = (text) => text;

export const coloured: Paint = (text, ink) => `\u001B[${codes[ink]}m${text}\u001B[0m`;

/** Colours on a terminal that has them, unless the user has set NO_COLOR (no-color.org). */
export function paintFor(
  isTerminal: boolean,
  environment: { readonly NO_COLOR?: string | undefined; readonly TERM?: string | undefined },
): Paint {
  return isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb' ? coloured : plain;
}
