import { diskOf } from '../../../../src/sim/mars/disk.js';
import { intervalIndex } from '../../../../src/sim/mars/interval.js';
import type { MarsParams } from '../../../../src/sim/mars/params.js';
import { vapourFraction } from '../../../../src/sim/mars/phase.js';
import { DiskRates } from '../../../../src/sim/mars/rates.js';
import { opticalDepth } from '../../../../src/sim/mars/totals.js';
import { wholeRun } from '../../../reference/runs.js';
import { type Changes, diskParams } from '../../params.js';
import { feedback, supplies } from './supplies.js';

const phase: NonNullable<MarsParams['phase']> = {
  ...{ temperatureRatio: 1, condense: 1000, vaporize: 5000, referencePressure: 0, pressure: 0 },
  ...{ referenceTau: 1, sublimesAsMelt: false },
};

/** What regulates must see the optical depth that is reported, with the profile in each volume. */
describe.each(['whole', 'finite_volume'] as const)('collisions.remnant: %s', (remnant) => {
  const changes = {
    supply: { ...supplies.constant!, feedback: { ...feedback, max: 1e9 } },
    collisions: { remnant },
    stops: { end: 1e6 },
  };
  const params = diskParams(changes as Changes<MarsParams>);
  const { rows, state } = wholeRun(params);
  const disk = diskOf(params);
  const { masses, coupled, logScale, size } = disk.unknowns;
  const { y } = state;
  const tau = rows.column('run', 'tau').at(-1)!;
  /** As if all grains of a bin had the opacity of its mean profile. */
  const withoutProfile = disk.depths.reduce((sum, depth, k) => sum + depth * y[k]!, 0);

  test('the profiles matter here, if there are any', () => {
    const share = Math.abs(withoutProfile / tau - 1);
    if (remnant === 'whole') expect(share).toBeLessThan(1e-14);
    else expect(share).toBeGreaterThan(1e-3);
  });

  test('the feedback follows the reported optical depth', () => {
    const rates = new DiskRates(disk);
    rates.enter(intervalIndex(disk.breaks, 1e6));
    rates.begin(1e6, y);
    const out = new Float64Array(size);
    rates.rates(1e6, y, out);
    const { speed, target } = disk.supply.feedback!;
    expect(out[logScale]! / (speed * (1 - tau / target))).toBeCloseTo(1, 14);
    expect(rows.column('run', 'supply_feedback_error').at(-1)).toBe(1 - tau / target);
    const jacobian = new Float64Array(coupled * coupled);
    rates.jacobian(1e6, y, jacobian);
    const row = jacobian.subarray(logScale * coupled, logScale * coupled + masses);
    const gradient = new Float64Array(masses);
    disk.measures.opacityGradient(y, gradient);
    const found = row.map((entry, k) => entry / ((-speed / target) * params.lineOfSight * gradient[k]!));
    for (const ratio of found) expect(ratio).toBeCloseTo(1, 14);
  });

  test('phases follow the reported optical depth', () => {
    const other = diskOf(diskParams({ ...changes, phase } as Changes<MarsParams>));
    const rates = new DiskRates(other);
    rates.enter(intervalIndex(other.breaks, 1e6));
    const found = Float64Array.from({ length: other.unknowns.size }, (_, k) => (k < masses ? y[k]! : 0));
    const T = other.cooling.at(1e6);
    expect(opticalDepth(other, found)).toBe(tau);
    expect(rates.vapourFraction(1e6, found)).toBe(vapourFraction(phase, T, 0, tau));
  });
});
