/** Number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

const lastPart = (name: string) => name.slice(name.lastIndexOf('.') + 1);

/**
 * The valid name that an unknown one most likely stands for, or null when nothing is near. A right name in a wrong section
 * counts as near: `n_bins` leads to `sizes.n_bins`.
 */
export function nearest(unknown: string, valid: Iterable<string>): string | null {
  const wanted = unknown.toLowerCase();
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of valid) {
    const candidate = name.toLowerCase();
    let distance = editDistance(wanted, candidate);
    if (lastPart(wanted) === lastPart(candidate)) distance = Math.min(distance, 1.5);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return least <= Math.max(2, Math.floor(unknown.length / 3)) ? best : null;
}
