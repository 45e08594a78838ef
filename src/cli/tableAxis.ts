/** Limits of the axes of a table: the optical constants and the spectrum are made for these. */
const limits = {
  sizes: { least: 1e-9, most: 100, unit: 'm' },
  temperatures: { least: 100, most: 10000, unit: 'K' },
} as const;

const mostNodes = 1000;

/** Digits of a node that is computed from a range: so it reads well, and is the same on every engine. */
const nodeDigits = 6;

/**
 * Nodes of an axis from `1e-8,1e-7,1e-6` or `FROM:TO:COUNT` (sizes: equal ratios; temperatures: equal steps).
 * @returns the nodes, or why the text cannot be used
 */
export function axisOf(kind: keyof typeof limits, text: string): number[] | string {
  const nodes = text.includes(':') ? range(kind, text) : text.split(',').map(number);
  if (typeof nodes === 'string') return nodes;
  const { least, most, unit } = limits[kind];
  const outside = nodes.find((node) => !(node >= least && node <= most));
  if (outside !== undefined) return `${outside} is outside ${least}..${most} ${unit}.`;
  const falling = nodes.findIndex((node, i) => i > 0 && !(node > nodes[i - 1]!));
  if (falling >= 0) return `${nodes[falling]} follows ${nodes[falling - 1]}: the nodes must ascend.`;
  if (nodes.length < 2 || nodes.length > mostNodes) return `a table needs 2 to ${mostNodes} nodes.`;
  return nodes;
}

const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

function range(kind: keyof typeof limits, text: string): number[] | string {
  const [from = Number.NaN, to = Number.NaN, count = Number.NaN, ...more] = text.split(':').map(number);
  const whole = Number.isInteger(count) && count >= 2 && count <= mostNodes;
  if (!whole || more.length > 0 || !(from > 0 && to > from)) {
    return `expected FROM:TO:COUNT with 0 < FROM < TO and 2 to ${mostNodes} nodes.`;
  }
  return Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    const node = kind === 'sizes' ? from * (to / from) ** share : from + (to - from) * share;
    return Number(node.toPrecision(nodeDigits));
  });
}
