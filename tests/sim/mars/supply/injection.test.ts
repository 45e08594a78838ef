import { diskOf } from '../../../../src/sim/mars/disk.js';
import { sizeGrid } from '../../../../src/sim/mars/grid.js';
import { geometricKernel, relativeSpeed, scaleHeight } from '../../../../src/sim/mars/kernel.js';
import { keplerSpeed } from '../../../../src/sim/mars/orbit.js';
import { injectionShares } from '../../../../src/sim/mars/supply/injection.js';
import { PhysicsError } from '../../../../src/sim/model.js';
import { diskParams } from '../../params.js';

const grid = sizeGrid(1e-6, 1e-2, 8, 3000);
const uniform = new Float64Array(8).fill(1 / 8);

test('min_bin: the first bin whose centre reaches the size; the last if none does', () => {
  const at = (minSize: number | null) =>
    injectionShares({ kind: 'min_bin', minSize }, grid, uniform).indexOf(1);
  expect(at(null)).toBe(0);
  expect(at(1e-4)).toBe(4);
  expect(at(1.7e-4)).toBe(4);
  expect(at(1.8e-4)).toBe(5);
  expect(at(1)).toBe(7);
});

test('powerlaw_bins: grains between true edges and limits, times grain mass', () => {
  const rule = { kind: 'powerlaw_bins', slope: 1, minSize: 2e-5, maxSize: 5e-4 } as const;
  const shares = injectionShares(rule, grid, uniform);
  const numbers = Array.from(shares, (share, k) => share / grid.masses[k]);
  const lengths = numbers.map((_, k) => {
    const a = Math.max(grid.edges[k], 2e-5);
    const b = Math.min(grid.edges[k + 1], 5e-4);
    return b > a ? Math.log(b / a) : 0;
  });
  numbers.forEach((number, k) => {
    expect(number / numbers[3]).toBeCloseTo(lengths[k] / lengths[3], 12);
  });
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
});

test('powerlaw_bins: a general slope against the integral', () => {
  const shares = injectionShares(
    { kind: 'powerlaw_bins', slope: 3.5, minSize: null, maxSize: null },
    grid,
    uniform,
  );
  const numbers = Array.from(shares, (share, k) => share / grid.masses[k]);
  const expected = numbers.map((_, k) => grid.edges[k] ** -2.5 - grid.edges[k + 1] ** -2.5);
  numbers.forEach((number, k) => {
    expect(Math.abs(number / numbers[0] / (expected[k] / expected[0]) - 1)).toBeLessThan(1e-12);
  });
});

test('a range off the grid is refused, naming it', () => {
  const rule = { kind: 'powerlaw_bins', slope: 3.5, minSize: 1, maxSize: 2 } as const;
  expect(() => injectionShares(rule, grid, uniform)).toThrow(PhysicsError);
  expect(() => injectionShares(rule, grid, uniform)).toThrow(/from 1 to .*put no mass on the grid/);
});

test('initial_psd: as the disk started', () => {
  const disk = diskOf(diskParams({ supply: { injection: { kind: 'initial_psd' } } }));
  disk.supplyShares.forEach((share, k) => {
    expect(share).toBeCloseTo(disk.initialMasses[k] / disk.initialTotal, 15);
  });
});

test('kernel: pericentre and random speeds, both scale heights', () => {
  const params = diskParams();
  const v = keplerSpeed(params.radius);
  const e = params.eccentricity;
  expect(relativeSpeed(params)).toBeCloseTo(v * Math.sqrt((1 + e) / (1 - e)), 9);
  const random = diskParams({ relativeVelocity: 'ohtsuki', eccentricity: 0.2, inclination: 0.1 });
  expect(relativeSpeed(random)).toBeCloseTo(v * Math.sqrt(1.25 * 0.04 + 0.01), 9);
  expect(scaleHeight(params)).toBeCloseTo(0.05 * params.radius, 6);
  const fixed = diskParams({ scaleHeight: { kind: 'fixed', overRadius: 0.02 } });
  expect(scaleHeight(fixed)).toBeCloseTo(0.02 * params.radius, 6);
  const kernel = geometricKernel(grid, 10, 100);
  const reach = grid.sizes[2] + grid.sizes[5];
  const general = (Math.PI * reach ** 2 * 10) / (Math.sqrt(2 * Math.PI) * Math.sqrt(2 * 100 ** 2));
  expect(Math.abs(kernel[2 * 8 + 5] / general - 1)).toBeLessThan(1e-14);
});
