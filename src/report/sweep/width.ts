/** The text, cut with a mark where it is wider than the terminal. */
export function fitted(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns < 1 ? '' : `${text.slice(0, columns - 1)}…`;
}
