import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MarsParams } from '../../src/sim/mars/params.js';

/** The reference data lie beside the project, not in it. */
export const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** `describe` where the reference data are present; elsewhere the skipped tests are counted as such. */
export const describeWithReference: typeof describe = existsSync(`${shared}reference`)
  ? describe
  : describe.skip;

export const caseNames = [
  'r1_day_constT',
  'r2_30d_hot_supply_subl',
  'r3_30d_legacy_physics',
  'r4_10yr_sweep',
] as const;
export type CaseName = (typeof caseNames)[number];

// biome-ignore lint/suspicious/noExplicitAny: foreign files; a wrong key fails the test that uses it
export function readJson(path: string): any {
  return JSON.parse(readFileSync(`${shared}${path}`, 'utf8'));
}

/** Rows of a CSV file with one header line, as numbers where they are. */
export function readCsv(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(`${shared}${path}`, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

export function efficiencyTable(name: string): Extract<MarsParams['efficiency'], { kind: 'table' }> {
  const rows = readCsv(`tables/${name}.csv`);
  const temperatures = [...new Set(rows.map((row) => Number(row.T_M)))].sort((a, b) => a - b);
  const sizes = [...new Set(rows.map((row) => Number(row.s)))].sort((a, b) => a - b);
  const values = new Array<number>(rows.length);
  for (const row of rows) {
    values[temperatures.indexOf(Number(row.T_M)) * sizes.length + sizes.indexOf(Number(row.s))] = Number(
      row.Q_pr,
    );
  }
  return { kind: 'table', temperatures, sizes, values };
}

const RM = 3.3895e6;

/** The parameters of a reference case, as its config.json says them. */
export function caseParams(name: CaseName): MarsParams {
  const config = readJson(`reference/resolved/${name}/config.json`);
  const inner = config.geometry.r_in_RM * RM;
  const outer = config.geometry.r_out_RM * RM;
  const radius = 0.5 * (config.geometry.r_in_RM + config.geometry.r_out_RM) * RM;
  const { initial, temperature, sublimation, supply } = config;
  const speeds = Object.keys(config.qstar.coeff_table).sort((a, b) => Number(a) - Number(b));
  return {
    radius,
    area: Math.PI * (outer * outer - inner * inner),
    eccentricity: 1 - RM / radius,
    inclination: config.dynamics.i0,
    relativeVelocity: 'pericenter',
    scaleHeight: { kind: 'inclination', factor: config.dynamics.H_factor },
    density: config.material.rho,
    sizes: { min: config.sizes.s_min, max: config.sizes.s_max, bins: config.sizes.n_bins },
    initial:
      initial.s0_mode === 'upper'
        ? { shape: 'upper', alpha: initial.alpha, wavy: 0 }
        : {
            shape: 'melt_lognormal_mixture',
            fineShare: initial.melt_psd.f_fine,
            fineSize: initial.melt_psd.s_fine,
            meterSize: initial.melt_psd.s_meter,
            widthDex: initial.melt_psd.width_dex,
            cut: initial.melt_psd.s_cut_condensation,
          },
    tau0: config.optical_depth.tau0_target,
    lineOfSight: config.optical_depth.f_los,
    collisions: { enabled: true, alphaFrag: config.collisions.alpha_frag, remnant: 'whole' },
    strength: {
      units: config.qstar.coeff_units,
      velocities: speeds.map(Number),
      coefficients: speeds.map((speed) => config.qstar.coeff_table[speed]),
      muGrav: config.qstar.mu_grav,
    },
    efficiency: efficiencyTable(config.radiation.qpr_table),
    blowout: { enabled: true, chi: config.blowout.chi_blow, partialBin: config.blowout.partial_bin },
    temperature:
      temperature.mode === 'constant'
        ? { kind: 'constant', value: temperature.T0_K }
        : {
            kind: 'slab',
            start: temperature.T0_K,
            layer: temperature.d_layer_m,
            density: temperature.rho,
            heatCapacity: temperature.cp,
          },
    sublimation: sublimation.enabled
      ? {
          alphaEvap: sublimation.alpha_evap,
          molarMass: sublimation.mu,
          A: sublimation.A,
          B: sublimation.B,
          liquid: { switch: sublimation.psat_liquid_switch_K, A: sublimation.A_liq, B: sublimation.B_liq },
          gasPressure: sublimation.P_gas,
        }
      : null,
    supply: supply.enabled
      ? {
          rate: {
            kind: 'orbit',
            mu: supply.mu_orbit10pct,
            orbitFraction: supply.orbit_fraction_at_mu1,
            referenceTau: supply.mu_reference_tau,
            epsilon: supply.epsilon_mix,
          },
          injection:
            supply.injection.mode === 'min_bin'
              ? { kind: 'min_bin', minSize: supply.injection.s_inj_min }
              : {
                  kind: 'powerlaw_bins',
                  slope: supply.injection.q,
                  minSize: supply.injection.s_inj_min,
                  maxSize: supply.injection.s_inj_max,
                },
        }
      : null,
    stops: {
      end: config.time.t_end_s,
      temperature: null,
      temperatureMargin: 0,
      blowoutBelowGrid: false,
      tau: null,
      tauTolerance: 1e-6,
      lossRate: null,
      minDuration: 0,
    },
    solver: { rtol: 1e-6, eta: 1e-4 },
    output: {
      mode: 'land',
      every: { kind: 'times', times: config.time.output_times_s },
      sizeHistoryStride: 1,
    },
  };
}
