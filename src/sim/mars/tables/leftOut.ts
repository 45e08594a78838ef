/** A column of the original that a table of this program does not have. */
export interface LeftOut {
  readonly names: readonly string[];
  readonly reason: string;
}

const text = 'a word that does not change in a run: it stands in run_config.json';
const dead = 'empty or constant in the original too';

/** Of series/run.parquet. */
export const leftOutOfRun: readonly LeftOut[] = [
  { names: ['Sigma_tau1_last_finite'], reason: 'Sigma_tau1 is finite as long as there are grains' },
  {
    names: ['Sigma_tau1_active', 'headroom', 'mass_lost_tau_clip_spill_step', 'supply_clip_factor'],
    reason: `${dead}: nothing limits the surface density`,
  },
  {
    names: [
      'n_substeps',
      'fast_blowout_factor',
      'fast_blowout_ratio',
      'fast_blowout_flag_gt3',
      'fast_blowout_flag_gt10',
      'fast_blowout_corrected',
    ],
    reason: 'steps are as short as the physics asks; rates need no correction',
  },
  { names: ['blowout_beta_gate'], reason: 'each size is gated by a_blow' },
  {
    names: [
      'blowout_layer_mode',
      'blowout_target_phase',
      'phase_method',
      'phase_reason',
      'supply_temperature_value_kind',
    ],
    reason: text,
  },
  {
    names: ['case_status', 'sink_selected'],
    reason: 'words; case_status stands in summary.json, and each sink has its own rate',
  },
  {
    names: ['phase_bulk_f_liquid', 'phase_bulk_f_solid', 'phase_bulk_f_vapor'],
    reason: 'follow from phase_f_vap',
  },
  { names: ['phi_effective'], reason: 'the same as phi_used' },
  {
    names: ['dSigma_dt_total_avg', 'dSigma_dt_blowout_avg', 'dSigma_dt_sinks_avg'],
    reason: 'M_out_dot_avg and M_sink_dot_avg per area of the ring',
  },
  { names: ['supply_velocity_weight_w'], reason: 'supplied grains take the speeds of the ring' },
  {
    names: [
      'smol_dt_eff',
      'smol_sigma_before',
      'smol_sigma_after',
      'smol_sigma_loss',
      'smol_prod_mass_rate',
      'smol_extra_mass_loss_rate',
      'smol_mass_budget_delta',
      'smol_mass_error',
      'smol_gain_mass_rate',
      'smol_loss_mass_rate',
      'smol_sink_mass_rate',
      'smol_source_mass_rate',
    ],
    reason: `${dead}; those that have a meaning stand in series/diagnostics.parquet`,
  },
];

/** Of series/psd_hist.parquet, which has a row for each time instead of one for each time and bin. */
export const leftOutOfSizes: readonly LeftOut[] = [
  { names: ['bin_index', 's_bin_center'], reason: 'series/psd_bins.parquet' },
  { names: ['N_bin'], reason: 'n000, n001, ... are numbers per area; N_bin had a scale of its own' },
  { names: ['Sigma_bin', 'f_mass'], reason: 'number times grain mass of psd_bins, and that over Sigma_surf' },
];

/** Of series/diagnostics.parquet. */
export const leftOutOfDiagnostics: readonly LeftOut[] = [
  {
    names: ['ds_step_uniform', 'mass_ratio_uniform'],
    reason: 'grains shrink through the bins; there is no drift of all sizes at once',
  },
  {
    names: ['smol_gain_mass_rate', 'smol_loss_mass_rate'],
    reason: 'collisions are in net form: what returns to its own bin never leaves it',
  },
  { names: ['smol_sink_mass_rate'], reason: 'smol_extra_mass_loss_rate' },
  {
    names: ['smol_prod_mass_rate', 'smol_source_mass_rate'],
    reason: 'prod_subblow_area_rate of series/run.parquet',
  },
  {
    names: [
      't_sink_total_s',
      't_sink_surface_s',
      't_sink_sublimation_s',
      't_sink_gas_drag_s',
      'hydro_timescale_s',
    ],
    reason: 'time-scales of the legacy solver; here sinks are rates',
  },
  { names: ['phase_payload'], reason: text },
];

/** Of checks/mass_budget.csv. */
export const leftOutOfBudget: readonly LeftOut[] = [
  {
    names: ['mass_lost', 'mass_loss_rp_mars', 'mass_loss_surface_solid_marsRP'],
    reason: 'mass_lost_by_blowout and mass_lost_by_sinks, which are mass_lost together',
  },
  {
    names: ['mass_loss_hydro_drag'],
    reason:
      'a part of mass_lost_by_sinks; M_loss_hydro of series/run.parquet where hydrodynamic escape is on',
  },
  { names: ['mass_loss_tau_clip_spill'], reason: `${dead}: nothing limits the surface density` },
];

/** Of orbit_rollup.csv. */
export const leftOutOfOrbits: readonly LeftOut[] = [
  { names: ['slope_dlnM_dlnr'], reason: `${dead}: there is one radius` },
];
