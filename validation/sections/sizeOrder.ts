import { close, measured, near, type Row } from '../row.js';
import type { Section } from '../section.js';
import { scissionErrors } from '../systems/scission.js';
import { stickyNumberError } from '../systems/stickyGrains.js';

const drift = { absolute: 1e-5 };

function scission(): Row[] {
  const counts = [1, 2, 4, 8];
  const found = counts.map(scissionErrors);
  const once = (i: number) => 2 * found[i + 1].number - found[i].number;
  return [
    ...counts.map((n, i) =>
      measured(
        `scission.${n}`,
        `random scission at t = 10, ${n} bins per doubling of mass: error of the number`,
        found[i].number,
        { source: 'Ziff & McGrady 1985', drift },
      ),
    ),
    close(
      'scission.ratio',
      'the same: error ratio from 4 to 8 bins, first order',
      2,
      found[2].number / found[3].number,
      0.1,
      { source: 'first order', sure: 'A', drift: { absolute: 1e-3 } },
    ),
    close('scission.mass', 'the same for the mass above any edge', 2, found[2].mass / found[3].mass, 0.1, {
      source: 'first order',
      sure: 'A',
      drift: { absolute: 1e-3 },
    }),
    close(
      'scission.limit',
      'the same: extrapolated to bins of no width (Richardson, twice)',
      0,
      (4 * once(2) - once(1)) / 3,
      1e-3,
      { source: 'exact solution', sure: 'A', drift },
    ),
  ];
}

function sticking(): Row[] {
  return [1, 2, 4, 8].map((n) =>
    near(
      `sticking.${n}`,
      `sticking grains after 11 mergers, ${n} bins per doubling: N over its exact value`,
      1,
      1 + stickyNumberError(n, 10),
      0.02,
      { source: 'Smoluchowski 1916', sure: 'A', drift },
    ),
  );
}

export function sizeOrder(): Section {
  return {
    id: 'size',
    title: 'Resolution in size',
    text:
      'What logarithmic bins cost where the solution is known. Whole-bin remnants (`collisions.remnant: whole`) are of first order, and with erosion their limit is not ' +
      'the right one, see [physics.md](physics.md).',
    rows: [...scission(), ...sticking()],
    figures: [],
  };
}
