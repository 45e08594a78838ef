import { Collisions } from '../../src/sim/mars/collisions.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { intervalIndex } from '../../src/sim/mars/interval.js';
import { orbitalPeriod } from '../../src/sim/mars/orbit.js';
import { DiskRates } from '../../src/sim/mars/rates.js';
import { startState } from '../../src/sim/mars/state.js';
import { rateAt } from '../../src/sim/mars/supply/law.js';
import { caseNames, caseParams, describeWithReference, readJson } from './cases.js';

/** Largest relative difference; exact zeros must be met exactly. */
function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return Math.max(
    0,
    ...Array.from(expected, (value, k) => (value === found[k] ? 0 : Math.abs(found[k] / value - 1))),
  );
}

interface PairSample {
  i: number;
  j: number;
  f_lr: number;
  k_lr: number;
  net_dM_over_MiMj: Record<string, number>;
}

describeWithReference('constants, tables and coefficients of the reference cases', () => {
  describe.each(caseNames)('%s', (name) => {
    const { derived } = readJson(`reference/resolved/${name}/reference.json`);
    const params = caseParams(name);
    const disk = diskOf(params);

    test('orbit, kernel, start, supply', () => {
      const pairs: [number, number][] = [
        [params.radius, derived.r_m],
        [disk.Omega, derived['Omega_s-1']],
        [orbitalPeriod(params.radius), derived.t_orb_s],
        [params.eccentricity, derived.e],
        [disk.relativeSpeed, derived.v_rel_m_s],
        [disk.scaleHeight, derived.H_m],
        [disk.blowoutTime, derived.t_blow_s],
        [params.area, derived.area_m2],
        [disk.toMarsMasses, derived.kg_m2_to_Mars_mass],
        [disk.opacity0, derived.kappa0_m2_kg],
        [disk.initialTotal, derived.Sigma0_kg_m2],
        [rateAt(disk.supply.law, 0), derived.supply_rate_kg_m2_s ?? 0],
      ];
      for (const [found, expected] of pairs)
        expect(difference([found], [expected])).toBeLessThanOrEqual(1e-13);
    });

    test('grid, Q*, initial masses, supply by bin', () => {
      expect(difference(disk.grid.edges, derived.edges_m)).toBeLessThanOrEqual(1e-13);
      expect(difference(disk.grid.sizes, derived.s_k_m)).toBeLessThanOrEqual(1e-13);
      expect(difference(disk.grid.masses, derived.m_k_kg)).toBeLessThanOrEqual(1e-13);
      expect(difference(disk.thresholds, derived.Qstar_k_J_kg)).toBeLessThanOrEqual(1e-13);
      expect(difference(disk.initialMasses, derived.M_k_initial_kg_m2)).toBeLessThanOrEqual(2e-12);
      const supply = derived.supply_by_bin_kg_m2_s ?? new Array(disk.grid.bins).fill(0);
      expect(
        difference(
          disk.supplyShares.map((share) => share * rateAt(disk.supply.law, 0)),
          supply,
        ),
      ).toBeLessThanOrEqual(1e-12);
    });

    test('break times', () => {
      expect(difference(disk.breaks, derived.break_times_s)).toBeLessThanOrEqual(1e-12);
    });

    /** With only bin j filled, dColl_k/dM_i is the net coefficient of the pair (i, j) alone; twice it for i = j. */
    test('net coefficients of single pairs', () => {
      const { net } = new Collisions(disk.collisions()!);
      const collisions = new Collisions(net);
      const { bins } = net;
      const jacobian = new Float64Array(bins * bins);
      expect(derived.pair_samples.length).toBe(12);
      for (const sample of derived.pair_samples as PairSample[]) {
        const M = new Float64Array(bins);
        M[sample.j] = 1;
        collisions.jacobian(M, jacobian);
        const half = sample.i === sample.j ? 0.5 : 1;
        const expected = Object.values(sample.net_dM_over_MiMj);
        const scale = Math.max(0, ...expected.map(Math.abs));
        for (let k = 0; k < bins; k++) {
          const found = half * jacobian[k * bins + sample.i];
          const value = sample.net_dM_over_MiMj[String(k)] ?? 0;
          expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value) + 1e-16 * scale);
        }
      }
    });

    test('dM/dt, blow-out and sublimation at the start', () => {
      const rates = new DiskRates(disk);
      rates.enter(intervalIndex(disk.breaks, 0));
      const { y } = startState(disk);
      const out = new Float64Array(y.length);
      rates.rates(0, y, out);
      const { bins } = disk.grid;
      const terms = largestTerms(disk, y);
      for (let k = 0; k < bins; k++) {
        const expected = derived.dMdt_initial_kg_m2_s[k];
        expect(Math.abs(out[k] - expected)).toBeLessThanOrEqual(
          1e-11 * Math.max(terms[k], Math.abs(expected)),
        );
      }
      expect(difference([out[bins]], [derived.blowout_rate_initial_kg_m2_s])).toBeLessThanOrEqual(1e-11);
      expect(
        difference([out[bins + 1]], [derived.sublimation_rate_initial_kg_m2_s ?? 0]),
      ).toBeLessThanOrEqual(1e-11);
      expect(
        difference([rates.scheme.J], [derived.sublimation_flux_J_initial_kg_m2_s ?? 0]),
      ).toBeLessThanOrEqual(1e-11);
    });
  });
});

/** Largest single collision term of each bin. */
function largestTerms(disk: ReturnType<typeof diskOf>, y: Float64Array): Float64Array {
  const { bins, own } = disk.collisions()!;
  return Float64Array.from({ length: bins }, (_, k) => {
    let largest = 0;
    for (let l = 0; l < bins; l++) largest = Math.max(largest, Math.abs(own[k * bins + l] * y[k] * y[l]));
    return largest;
  });
}
