import { diskOf } from '../../../../src/sim/mars/disk.js';
import { suppliedAt } from '../../../../src/sim/mars/supply/law.js';
import type { Supply } from '../../../../src/sim/mars/supply/params.js';
import { wholeRun } from '../../../reference/runs.js';
import { diskParams } from '../../params.js';
import { supplies } from './supplies.js';

const run = (supply: Supply, changes: Parameters<typeof diskParams>[0] = {}) => {
  const params = diskParams({ supply, ...changes });
  return { ...wholeRun(params), disk: diskOf(params) };
};

const cases = (['whole', 'finite_volume'] as const).flatMap((remnant) =>
  Object.entries(supplies).map(([name, supply]) => [`${remnant}: ${name}`, remnant, supply] as const),
);

describe.each(cases)('%s', (name, remnant, supply) => {
  const { rows, state, disk } = run(supply, { collisions: { remnant } });

  test('the budget closes in every row', () => {
    expect(Math.max(...rows.column('run', 'mass_error'))).toBeLessThan(1e-12);
    expect(state.largestMassError).toBeLessThan(1e-12);
    if (process.env.SHOW)
      console.log(
        name,
        state.steps,
        state.rejected,
        state.largestMassError,
        rows.column('run', 'Sigma_supplied').at(-1),
      );
  });

  test('the supplied mass grows, and by no more than there is', () => {
    const P = rows.column('run', 'Sigma_supplied');
    for (let i = 1; i < P.length; i++) expect(P[i]).toBeGreaterThanOrEqual(P[i - 1]! * (1 - 1e-15));
    const { reservoir, explicit, law } = disk.supply;
    if (reservoir !== null) expect(Math.max(...P)).toBeLessThanOrEqual(reservoir.mass);
    if (!explicit) return;
    expect(P).toEqual(rows.column('run', 'time').map((t) => suppliedAt(law, t)));
  });
});
