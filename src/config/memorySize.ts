const bytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Text that stands for a size in memory: a number and a unit. */
export const memorySizePattern = new RegExp(
  `^\\s*(\\d+(?:\\.\\d+)?)\\s*(${Object.keys(bytes).join('|')})\\s*$`,
);

/**
 * Bytes of a size such as "2 GiB"; a plain number counts bytes.
 * @throws RangeError for text that is no size.
 */
export function memorySize(value: number | string): number {
  if (typeof value === 'number') return value;
  const match = memorySizePattern.exec(value);
  if (!match) throw new RangeError(`not a size: ${JSON.stringify(value)}`);
  return Number(match[1]) * bytes[match[2]!]!;
}
