/** Stored data that cannot be trusted: missing, cut off, changed, or written for another table. Exit code 5 (design.md section 7). */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';

  /**
   * @param file absolute path of the offending file
   * @param reason what is wrong with it
   * @param cure what the user can do
   */
  constructor(
    readonly file: string,
    readonly reason: string,
    readonly cure: string,
  ) {
    super(`${file}: ${reason}\n${cure}`);
  }
}

/** True for a failed system call with this code, e.g. `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  // Not `instanceof`: errors of node:fs come from another realm under jest.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
