import type { Key } from './key.js';

/** What the legacy solver makes of a key where it differs from the resolved one. */
type Change = Partial<Pick<Key, 'status' | 'default' | 'becomes' | 'quiet' | 'notYet' | 'meaning'>>;

const params = (field: string): string => `params.${field}`;

/** The original has it, and so does the legacy solver. @param fallback default of the original, where it differs */
const acts = (becomes: string, meaning: string, more: Change = {}): Change => ({
  status: 'active',
  becomes: params(becomes),
  meaning,
  quiet: [],
  notYet: [],
  ...more,
});

const inert = (becomes: string, quiet: readonly unknown[] = []): Change => ({
  status: 'dead',
  becomes,
  quiet,
});

const only = (quiet: readonly unknown[], becomes: string): Change => ({
  status: 'refused',
  default: quiet[0],
  quiet,
  becomes,
});

const fixedSteps = 'the steps of the legacy solver have one length, numerics.dt_init';
const alsoThere = 'without effect in the original too';

const changes: Readonly<Record<string, Change>> = {
  'numerics.dt_init': acts(
    'step',
    'Length of a step in seconds, made to fit the end; auto: min(0.05/Omega, t_end/200).',
    {
      default: 60000,
    },
  ),
  'numerics.orbit_rollup': acts('output.orbits', 'Writes orbit_rollup.csv.', { default: true }),
  'numerics.rtol': inert(fixedSteps),
  'numerics.eta': inert(fixedSteps),
  // As many as the grid of time can have.
  'numerics.max_steps': { default: 50_000_000 },
  'numerics.safety': inert(`${alsoThere}: a tenth of the shortest collision time is built in`),
  'numerics.atol': inert(alsoThere),
  'numerics.dt_min_tcoll_ratio': inert(alsoThere),
  'numerics.dt_over_t_blow_max': inert('the original only warns', [null]),
  'numerics.eval_per_step': inert(
    'temperature and blow-out size follow every step, as in the original with any driver',
    [true, false],
  ),
  'psd.floor.mode': acts(
    'floor',
    'Floor of the sizes: none, the blow-out size (fixed), or a floor that only rises.',
    {
      default: 'fixed',
    },
  ),
  'shielding.mode': acts('shielding', 'psitau: Phi(tau) acts on kappa_eff, Sigma_tau1 and tau_stop.', {
    default: 'psitau',
  }),
  'shielding.table_path': acts(
    'shielding',
    'Phi over tau; columns tau, phi, or tau, w0, g, Phi. none: built in, exp(-tau).',
  ),
  'sinks.sublimation_location': acts(
    'sublimation.location',
    'smol: a sink of the collision step; surface: all sizes drift; or both.',
    {
      default: 'surface',
    },
  ),
  'sinks.sub_params.mass_conserving': acts(
    'sublimation.massConserving',
    'Grains keep their sizes, and those that would pass a_blow within a step are blown out.',
    { default: false },
  ),
  'sinks.sub_params.eta_instant': inert('only time-scales without effect on the state depend on it', [0.1]),
  'blowout.partial_bin': only(
    ['lower_edge', 'log_fraction'],
    'bins are blown out whole from their lower edge on; leave it out',
  ),
  'collisions.alpha_frag': acts(
    'collisions.fragmentSlope',
    'Slope of the mass of the fragments, dM/ds ~ s^-alpha_frag (defect Z8).',
  ),
  'collisions.remnant': only(['whole'], 'use whole, as the original does'),
  'optical_depth.tau_stop': acts(
    'stops.tau',
    'Ends the run when the optical depth of all grains passes it.',
    { default: 1 },
  ),
  'io.output_every': only([null], 'give io.series_stride: rows follow the steps'),
  'io.output_mode': inert('rows follow the steps', ['dense', 'land']),
  'io.series_stride': acts('output.seriesStride', 'Every k-th step becomes a row, and the last one.'),
  'io.psd_history_stride': acts(
    'output.sizeHistoryStride',
    'Every k-th step, and the last one, has a row of sizes.',
  ),
  'phase.enabled': acts('phase', 'Phase of the grains by thresholds.'),
  'phase.temperature_input': acts('phase.absorption', 'Temperature compared with the thresholds.'),
  'phase.q_abs_mean': acts('phase.absorption', 'Absorption efficiency in T_p.'),
  'phase.thresholds.T_condense_K': acts('phase.condense', 'Solid up to this temperature.'),
  'phase.thresholds.T_vaporize_K': acts('phase.vaporize', 'Vapour from this temperature on.'),
  'phase.thresholds.P_ref_bar': acts(
    'phase.referencePressure',
    'Pressure that halves the share of vapour [bar].',
    { default: 1 },
  ),
  'phase.thresholds.tau_ref': acts('phase.referenceTau', 'Optical depth that halves it.', { default: 1 }),
  'phase.allow_liquid_hkl': acts('phase.liquidSublimation', 'Sublimation goes on from molten grains.', {
    default: false,
  }),
  'shielding.fixed_tau1_tau': acts(
    'shielding.tau',
    'Optical depth of mode fixed_tau1; none: that of the start.',
  ),
  'shielding.fixed_tau1_sigma': acts(
    'shielding.surfaceDensity',
    'Sigma_tau1 of mode fixed_tau1 [kg m-2]; auto: that of the start; auto_max: with a margin.',
  ),
  'shielding.auto_max_margin': acts('shielding.margin', 'Margin of auto_max.'),
  'surface.freeze_sigma': acts('frozen.sigma', 'Holds the surface density at its start.'),
  'radiation.freeze_kappa': acts('frozen.opacity', 'Holds the opacity at its start.'),
  'radiation.tau_gate.enable': acts('blowout.tauMax', 'No blow-out from radiation.tau_gate.tau_max on.'),
  'radiation.tau_gate.tau_max': acts('blowout.tauMax', 'Optical depth of the gate.'),
  'blowout.gate_mode': acts(
    'blowout.gate',
    'sublimation_competition or collision_competition: booked blow-out times t_solid/(t_solid + t_blow).',
  ),
  'io.correct_fast_blowout': acts(
    'blowout.correctsFast',
    'Recorded blow-out rate times 1 - exp(-dt/t_blow) where dt exceeds 3 t_blow.',
  ),
  'sinks.enable_gas_drag': acts('gasDrag', 'Gas drag, with the time of a grain of one micron for all.'),
  'sinks.rho_g': acts('gasDrag', 'Density of the gas [kg m-3].'),
  ...Object.fromEntries(
    (['enable', 'strength', 'temp_power', 'T_ref_K', 'f_vap_floor'] as const).map((name) => [
      `sinks.hydro_escape.${name}`,
      acts(
        'escape',
        'Hydrodynamic escape of vapour; acts where sublimation_location is not smol, or with gas drag.',
      ),
    ]),
  ),
  'dynamics.kernel_ei_mode': acts('wake', 'wyatt_eq: e = sqrt(f_wake tau/0.75), i = e/2.'),
  'dynamics.f_wake': acts('wake', 'Stirring by wakes.'),
  'io.diagnostics_stride': inert('series/run.parquet has these columns', [null, 1]),
  'io.original_names': inert('the columns have the names of the original', [true, false]),
  'surface_energy.enabled': acts('surfaceEnergy', 'Floor of the sizes at the start by surface energy.'),
  ...Object.fromEntries(
    (['gamma_J_m2', 'eta', 'collider_size_m', 'largest_fragment_mass_fraction'] as const).map((name) => [
      `surface_energy.${name}`,
      acts('surfaceEnergy', 'Belongs to surface_energy.enabled.'),
    ]),
  ),
  'sublimation.law': { default: 'sio_reference' },
  'sinks.gas_drag_size_m': inert('the time of a grain of one micron holds for all', [1e-6]),
  'numerics.mass_budget_stop': acts(
    'stops.massError',
    'Ends when the mass error of a step, error_percent/100 of checks/mass_budget.csv, exceeds this; steps above 0.005 are not accepted, so 0.005, --enforce-mass-budget of the original, never ends a run (Z12).',
  ),
  'radiation.mars_temperature_driver.autogenerate.dt_hours': acts(
    'temperatureSampling',
    'A law of cooling is sampled this far apart [h] and interpolated, as the generated tables of the original.',
    { default: 1 },
  ),
};

/** Names of the keys that differ, in the order above. */
export const legacyNames: readonly string[] = Object.keys(changes);

/** The key as the legacy solver takes it. */
export function inLegacy(key: Key): Key {
  const change = changes[key.name];
  if (change === undefined) return key;
  const { gate: _, ...kept } = key;
  return { ...kept, ...change };
}

/** Whether a configuration asks for the legacy solver. */
export const isLegacy = (solver: unknown): boolean => solver === 'legacy';
