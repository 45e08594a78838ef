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
  'numerics.max_steps': inert(`${fixedSteps}; there are at most 50,000,000`),
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
    notYet: ['fixed_tau1'],
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
  'supply.injection.velocity.mode': acts(
    'supply.velocity',
    'e and i of the supplied grains, blended into those of the kernel.',
  ),
  'supply.injection.velocity.e_inj': acts('supply.velocity', 'e of mode fixed_ei.'),
  'supply.injection.velocity.i_inj': acts('supply.velocity', 'i of mode fixed_ei [rad].'),
  'supply.injection.velocity.vrel_factor': acts('supply.velocity', 'Factor of mode factor.'),
  'supply.injection.velocity.blend_mode': acts('supply.velocity', 'rms or linear.'),
  'supply.injection.velocity.weight_mode': acts('supply.velocity', 'delta_sigma or sigma_ratio.'),
  'supply.transport.mode': acts(
    'supply.mixingTime',
    'deep_mixing: supply goes into a deep buffer that drains to the surface.',
  ),
  'supply.transport.t_mix_orbits': acts(
    'supply.mixingTime',
    'Time in which the deep buffer drains [orbits].',
  ),
  'supply.transport.headroom_gate': inert('the surface takes any mass in the 0D model, as in the original', [
    'hard',
  ]),
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
