import { existsSync, readFileSync } from 'node:fs';
import { loadRunSpec } from '../../src/config/load.js';
import type { MarsParams } from '../../src/sim/mars/params.js';

const table = '../shared/tables/qpr_planck_forsterite_mie.csv';
const r4 = '../shared/reference/resolved/r4_10yr_sweep';
const withReference = existsSync(r4) ? describe : describe.skip;

describe('configs/quickstart.yml', () => {
  it('loads without a warning, and its table is the project’s own', async () => {
    const spec = await loadRunSpec({ file: 'configs/quickstart.yml' });
    expect(spec.warnings).toEqual([]);
    expect(spec.title).toBe('quickstart');
    expect(spec.inputs).toHaveLength(1);
    expect(spec.segments).toEqual({
      interval: 31557600,
      maxSteps: null,
      maxCompute: 60,
      minCompute: null,
      runSteps: 1e7,
    });
    expect(spec.memoryLimit).toBe(2 * 1024 ** 3);
    expect(spec.identity).toMatch(/^[0-9a-f]{64}$/);
  });
});

withReference('quickstart with the reference’s table (../shared)', () => {
  it('is the physics of r4', async () => {
    const spec = await loadRunSpec({
      file: 'configs/quickstart.yml',
      overrides: [`radiation.qpr_table_path=${table}`],
    });
    const params = spec.params as MarsParams;
    const config = JSON.parse(readFileSync(`${r4}/config.json`, 'utf8'));
    const { derived } = JSON.parse(readFileSync(`${r4}/reference.json`, 'utf8'));
    expect(params.radius).toBe(derived.r_m);
    expect(params.area).toBe(derived.area_m2);
    expect(params.eccentricity).toBe(derived.e);
    expect(params.inclination).toBe(config.dynamics.i0);
    expect(params.density).toBe(config.material.rho);
    expect(params.sizes).toEqual({
      min: config.sizes.s_min,
      max: config.sizes.s_max,
      bins: config.sizes.n_bins,
    });
    const melt = config.initial.melt_psd;
    expect(params.initial).toEqual({
      shape: 'melt_lognormal_mixture',
      fineShare: melt.f_fine,
      fineSize: melt.s_fine,
      meterSize: melt.s_meter,
      widthDex: melt.width_dex,
      cut: melt.s_cut_condensation,
    });
    expect(params.strength).toEqual({
      units: config.qstar.coeff_units,
      velocities: Object.keys(config.qstar.coeff_table).map(Number),
      coefficients: Object.values(config.qstar.coeff_table),
      muGrav: config.qstar.mu_grav,
    });
    expect(params.collisions).toEqual({
      enabled: true,
      alphaFrag: config.collisions.alpha_frag,
      remnant: 'whole',
    });
    expect(params.blowout).toEqual({
      enabled: true,
      chi: config.blowout.chi_blow,
      partialBin: 'log_fraction',
    });
    expect(params.tau0).toBe(config.optical_depth.tau0_target);
    expect(params.lineOfSight).toBe(config.optical_depth.f_los);
    expect(params.temperature).toEqual({
      kind: 'slab',
      start: config.temperature.T0_K,
      layer: config.temperature.d_layer_m,
      density: config.temperature.rho,
      heatCapacity: config.temperature.cp,
    });
    const vapour = config.sublimation;
    expect(params.sublimation).toEqual({
      alphaEvap: vapour.alpha_evap,
      molarMass: vapour.mu,
      A: vapour.A,
      B: vapour.B,
      liquid: { switch: vapour.psat_liquid_switch_K, A: vapour.A_liq, B: vapour.B_liq },
      gasPressure: vapour.P_gas,
    });
    expect(params.supply).toEqual({
      rate: { kind: 'orbit', mu: 1, orbitFraction: 0.05, referenceTau: 1, epsilon: 1 },
      injection: { kind: 'powerlaw_bins', slope: 3.5, minSize: null, maxSize: null },
    });
    expect(params.stops).toMatchObject({
      end: config.time.t_end_s,
      temperature: null,
      tau: null,
      blowoutBelowGrid: false,
    });
    expect(params.efficiency).toMatchObject({ kind: 'table' });
    const efficiency = params.efficiency as Extract<MarsParams['efficiency'], { kind: 'table' }>;
    expect([efficiency.temperatures.length, efficiency.sizes.length]).toEqual([23, 40]);
  });
});
