import { join } from 'node:path';
import type { Base } from '../base.js';
import { ConfigurationError } from '../error.js';
import { specOf } from '../load.js';
import type { Entry } from '../source/entry.js';
import { keyOfAxis } from './axisNames.js';
import { CaseFindings } from './caseFindings.js';
import type { TitledPoint } from './distinct.js';
import { seedOf } from './seeds.js';
import { sharing } from './sharedParts.js';
import { type SweepCase, unplaced } from './sweepSpec.js';

/** Cases of a sweep draw no figures unless some layer asks for them. */
function withoutFigures(base: Base): Base {
  if (base.entries.has('io.figures')) return base;
  const figures: Entry = { name: 'io.figures', value: false, origin: 'sweep', place: {} };
  return { ...base, entries: new Map([...base.entries, ['io.figures', figures]]) };
}

function entriesFor({ values, set, place }: TitledPoint): Entry[] {
  const axes = Object.entries(values).map(
    ([axis, value]): Entry => ({ name: keyOfAxis(axis), value, origin: 'sweep', place }),
  );
  return [...axes, ...set];
}

/**
 * Resolves and validates every case. Parts that are equal in several cases are one object, so that thousands of them fit into memory.
 * @throws ConfigurationError with the problems of all cases
 */
export async function resolveCases(
  given: Base,
  points: readonly TitledPoint[],
  seed: number,
): Promise<{ cases: SweepCase[]; warnings: readonly string[] }> {
  const base = withoutFigures(given);
  const share = sharing();
  const findings = new CaseFindings(points.length);
  const cases: SweepCase[] = [];
  for (const [index, point] of points.entries()) {
    const { title, values } = point;
    try {
      const outdir = { path: join(unplaced, title), origin: 'sweep' } as const;
      const own = { title, entries: entriesFor(point), seed: seedOf(seed, values), outdir };
      const spec = share(await specOf(base, own));
      findings.warned(title, spec.warnings);
      cases.push({ index, title, values, seed: own.seed, spec });
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      findings.failed(title, error.problems);
    }
  }
  findings.check();
  return { cases, warnings: [...findings.warnings(), ...sameRuns(cases)] };
}

/** Cases that compute the same although their values differ: an axis without effect, or a value that is the base's own. */
function sameRuns(cases: readonly SweepCase[]): string[] {
  const byIdentity = new Map<string, SweepCase[]>();
  for (const one of cases) {
    const group = byIdentity.get(one.spec.identity);
    if (group) group.push(one);
    else byIdentity.set(one.spec.identity, [one]);
  }
  const groups = [...byIdentity.values()].filter((group) => group.length > 1);
  const shown = groups.slice(0, 5).map((group) => {
    const titles = group.slice(0, 4).map(({ title }) => title);
    const more = group.length > 4 ? ` and ${group.length - 4} more` : '';
    return `${titles.join(', ')}${more} compute the same run: what tells them apart has no influence on its results`;
  });
  return groups.length > 5
    ? [...shown, `and ${groups.length - 5} more groups of cases that compute the same run`]
    : shown;
}
