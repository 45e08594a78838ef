import type { LeftOut } from './leftOut.js';

const settings = 'settings: run_config.json (`configuration`, with the origin of each in `origins`)';

/** Of summary.json, in both solvers. `name.*` is everything within `name`. */
export const leftOutOfBothSummaries: readonly LeftOut[] = [
  {
    names: [
      'archive.*',
      'blowout_gate_mode',
      'chi_blow_input',
      'collision_solver',
      'enforce_mass_budget',
      'phi_table_path',
      'phase_branching.enabled',
      'phase_branching.entrypoint',
      'phase_branching.phase_temperature_formula',
      'phase_branching.q_abs_mean',
      'phase_branching.source',
      'phase_branching.temperature_input',
      'physics.*',
      'physics_mode',
      'physics_mode_source',
      'primary_process',
      'primary_scenario',
      'process_overview.*',
      'qpr_table_path',
      'r_source',
      'radiation_tau_gate.*',
      'shielding_auto_max_active',
      'shielding_auto_max_margin',
      'shielding_fixed_tau1_mode',
      'shielding_mode',
      'sublimation_location',
      'supply_feedback_enabled',
      'supply_feedback_gain',
      'supply_feedback_response_time_years',
      'supply_feedback_target_tau',
      'supply_mu_orbit10pct',
      'supply_mu_reference_tau',
      'supply_orbit_fraction_at_mu1',
      'supply_reservoir_enabled',
      'supply_reservoir_mode',
      'supply_reservoir_smooth_fraction',
      'supply_reservoir_taper_fraction',
      'supply_temperature_enabled',
      'supply_temperature_mode',
      'supply_temperature_table_path',
      'supply_temperature_value_kind',
      'supply_transport_mode',
      'supply_transport_t_mix_orbits',
      'supply_velocity_blend_mode',
      'supply_velocity_e_inj',
      'supply_velocity_i_inj',
      'supply_velocity_mode',
      'supply_velocity_vrel_factor',
      'supply_velocity_weight_mode',
    ],
    reason: `${settings}; what of the physics was on is said by collisions_active, blowout_active, sublimation_active, sinks_active`,
  },
  {
    names: ['T_M_source', 'temperature_driver.*', 'config_source_path'],
    reason:
      'run_config.json: the law of T_M with its numbers in `params`, tables that were read with SHA-256 in `inputs`, settings with their origin in `origins`',
  },
  {
    names: ['streaming.*', 'streaming_merge_completed'],
    reason: 'files with SHA-256, rows and segments stand in `files` and `execution` of summary.json itself',
  },
  {
    names: ['scope_limitations.*', 'inner_disk_scope', 'radiation_field', 'solar_radiation.*'],
    reason: 'true of the model, not of a run: docs/physics.md. There is no sun in it',
  },
  {
    names: [
      'M_loss_tau_clip_spill',
      'supply_clip_time_fraction',
      'supply_clipping.clip_factor_*',
      'supply_clipping.clip_time_fraction',
      'supply_clipping.headroom_*',
      'supply_clipping.mixing_fraction',
      'supply_headroom_policy',
      'supply_mixing_fraction',
      'supply_spill.*',
      'supply_transport_headroom_gate',
    ],
    reason: 'empty or constant in the original too: nothing limits the surface density',
  },
  {
    names: ['state_phase_tag', 'state_tagging_enabled'],
    reason: 'empty in the original too',
  },
  { names: ['M_loss_surface_solid_marsRP'], reason: 'M_loss_rp_mars' },
  { names: ['T_M_used', 'T_M_used[K]'], reason: 'T_M_final' },
  {
    names: ['supply_visibility_median', 'supply_clipping.visibility_*'],
    reason: 'supply_visibility_min and supply_visibility_max',
  },
  {
    names: ['supply_blocked_fraction', 'supply_clipping.blocked_fraction'],
    reason: 'phases block the supply while grains are vapour: time_vapor_s over the model time',
  },
  {
    names: ['supply_reservoir_remaining_stats_Mmars.*'],
    reason:
      'what is left only falls: from supply_reservoir_mass_total_Mmars to supply_reservoir_remaining_Mmars',
  },
  { names: ['supply_reservoir_fraction_final'], reason: 'supply_reservoir_fraction_last' },
  {
    names: ['supply_feedback_scale_median'],
    reason: 'supply_feedback_scale_min, _max and _last; column supply_feedback_scale',
  },
  { names: ['phase_branching.phase_usage_time_s.*'], reason: 'time_solid_s and time_vapor_s' },
  {
    names: ['phase_branching.phase_method_usage_time_s.*'],
    reason: 'the method does not change in a run: phase_method',
  },
  {
    names: ['phase_branching.sink_branch_usage_time_s.*'],
    reason: 'time_blowout_s, time_hydro_escape_s and time_no_sink_s',
  },
];

/** Of summary.json of the resolved solver. */
export const leftOutOfSummary: readonly LeftOut[] = [
  { names: ['Q_pr_used'], reason: 'Q_pr_at_smin' },
  { names: ['beta_at_smin_effective'], reason: 'beta_last: the grid ends at s_min' },
  {
    names: ['s_min_effective', 's_min_effective[m]', 's_min_effective_gt_config', 's_min_components.*'],
    reason:
      's_min_config, s_blow_m and s_blow_m_effective: no floor moves; what surface_energy raises is raised in s_min_config',
  },
  {
    names: [
      'effective_prod_rate_kg_m2_s',
      'supply_rate_nominal_kg_m2_s',
      'supply_rate_scaled_initial_kg_m2_s',
    ],
    reason: 'supply_rate_kg_m2_s; columns supply_rate_nominal and supply_rate_scaled',
  },
  {
    names: ['dt_over_t_blow_median'],
    reason: 'steps differ in length: dt_over_t_blow_mean; column dt_over_t_blow',
  },
  {
    names: ['time_grid.*'],
    reason: 'there is no grid of time: time_end_planned_s, stop_reason, stop_time_s, early_stop_*, n_steps',
  },
  {
    names: ['blowout_gate_factor_*', 't_solid_*'],
    reason: 'blowout.gate_mode lessens what is booked, not what leaves: legacy solver only',
  },
];

/** Of summary.json of the legacy solver. */
export const leftOutOfLegacySummary: readonly LeftOut[] = [
  {
    names: ['effective_prod_rate_kg_m2_s', 'supply_rate_scaled_initial_kg_m2_s'],
    reason: 'supply_rate_nominal_kg_m2_s; column supply_rate_scaled',
  },
  { names: ['s_min_effective[m]'], reason: 's_min_effective' },
  {
    names: ['s_min_effective_gt_config', 's_min_components.*'],
    reason: 's_min_config, s_blow_m, s_blow_m_effective, s_min_effective and s_min_floor_dynamic',
  },
  {
    names: ['supply_temperature_scale_median', 'blowout_gate_factor_median', 't_solid_median'],
    reason: 'the same with _min and _max; a column of the name without _median',
  },
  {
    names: ['time_grid.*'],
    reason:
      'dt_s, n_steps, n_steps_planned, time_end_planned_s, t_end_actual_s, early_stop_*; what was asked for: run_config.json',
  },
  { names: ['stop_tau_los'], reason: 'column tau of the last row, where early_stop_reason is tau_exceeded' },
];
