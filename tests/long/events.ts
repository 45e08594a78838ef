/** An event of the worker, as `killable.mjs` writes it with MARSDISK_TEST_TRACE. */
export interface Event {
  readonly name: string;
  readonly detail: {
    readonly what?: string;
    readonly at?: string;
    readonly segment?: number;
    readonly step?: number;
  };
}

/** @returns null for a line that is no event */
export function eventOf(line: string): Event | null {
  const [, name, detail] = /^event ([\w-]+) (\{.*\})$/.exec(line) ?? [];
  return name === undefined ? null : { name, detail: JSON.parse(detail!) };
}

/** For instance `server at step 3 of segment 41`. */
export function placeOf({ what, at, segment, step }: Event['detail']): string {
  const where = at === 'step' ? `step ${step}` : at;
  return `${what} at ${where}${segment === undefined ? '' : ` of segment ${segment}`}`;
}
