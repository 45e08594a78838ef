/**
 * For each key that decides something: settings under which it acts, and two values that must lead to different runs; the key whose value it
 * decides, if there is one.
 */
export const samples: Record<string, { under?: string[]; values: [string, string]; decides?: string }> = {
  'scope.analysis_years': { under: ['numerics.t_end_years=null'], values: ['1', '2'] },
  physics_mode: { values: ['default', 'collisions_only'] },
  'geometry.r_in': { values: ['4e6', '5e6'] },
  'geometry.r_out': { values: ['7e6', '8e6'] },
  'disk.geometry.r_in_RM': { values: ['1.0', '1.1'] },
  'disk.geometry.r_out_RM': { values: ['2.7', '2.6'] },
  'optical_depth.tau0_target': { values: ['1', '0.5'] },
  'optical_depth.tau_stop': { values: ['1', 'null'] },
  'optical_depth.tau_stop_tol': { values: ['1e-6', '1e-5'] },
  'shielding.los_geometry.mode': {
    under: ['shielding.los_geometry.h_over_r=0.5'],
    values: ['aspect_ratio_factor', 'none'],
  },
  'shielding.los_geometry.h_over_r': { values: ['0.5', '0.4'] },
  'shielding.los_geometry.path_multiplier': { values: ['2', '3'] },
  'dynamics.e0': { under: ['dynamics.e_profile.mode=off'], values: ['0.4', '0.5'] },
  'dynamics.i0': { values: ['0.05', '0.01'] },
  'dynamics.i0_unit': { values: ['rad', 'deg'] },
  'dynamics.e_profile.mode': { under: ['dynamics.e0=0.1'], values: ['mars_pericenter', 'off'] },
  'dynamics.e_profile.clip_min': { values: ['0', '0.6'] },
  'dynamics.e_profile.clip_max': { values: ['0.9', '0.3'] },
  'dynamics.v_rel_mode': { values: ['pericenter', 'ohtsuki'] },
  'dynamics.kernel_H_mode': { under: ['dynamics.H_fixed_over_a=0.1'], values: ['ia', 'fixed'] },
  'dynamics.H_factor': { values: ['1', '2'] },
  'dynamics.H_fixed_over_a': { under: ['dynamics.kernel_H_mode=fixed'], values: ['0.1', '0.2'] },
  'dynamics.e_mode': { under: clearance(), values: ['fixed', 'mars_clearance'], decides: 'dynamics.e0' },
  'dynamics.dr_min_m': { under: clearance(), values: ['1e5', '2e5'], decides: 'dynamics.e0' },
  'dynamics.dr_max_m': { under: clearance(), values: ['2e6', '3e6'], decides: 'dynamics.e0' },
  'dynamics.dr_dist': { under: clearance(), values: ['uniform', 'loguniform'], decides: 'dynamics.e0' },
  'dynamics.i_mode': { under: tilt(), values: ['fixed', 'obs_tilt_spread'], decides: 'dynamics.i0' },
  'dynamics.obs_tilt_deg': { under: tilt(), values: ['10', '20'], decides: 'dynamics.i0' },
  'dynamics.i_spread_deg': { under: tilt(), values: ['1', '2'], decides: 'dynamics.i0' },
  'dynamics.rng_seed': { under: clearance(), values: ['1', '2'], decides: 'dynamics.e0' },
  'dynamics.eps_restitution': { under: energies(), values: ['0.5', '0.6'] },
  'dynamics.f_ke_cratering': { under: energies(), values: ['0.1', '0.2'] },
  'dynamics.f_ke_fragmentation': { under: energies(), values: ['null', '0.3'] },
  'diagnostics.energy_bookkeeping.enabled': { values: ['false', 'true'] },
  'numerics.orbit_rollup': { values: ['null', 'true'] },
  'io.original_names': { values: ['false', 'true'] },
  'io.diagnostics_stride': { values: ['null', '5'] },
  'disk.geometry.r_profile': {
    under: massive('disk.geometry.p_index=1'),
    values: ['uniform', 'powerlaw'],
  },
  'disk.geometry.p_index': { under: massive('disk.geometry.r_profile=powerlaw'), values: ['1', '2'] },
  'inner_disk_mass.use_Mmars_ratio': { under: massive(), values: ['true', 'false'] },
  'inner_disk_mass.M_in_ratio': { under: massive(), values: ['1e-8', '2e-8'] },
  'surface.init_policy': { under: massive(), values: ['none', 'clip_by_tau1'] },
  'surface.sigma_surf_init_override': { under: ['optical_depth=null'], values: ['0.1', '0.2'] },
  'init_tau1.enabled': { under: massive(), values: ['false', 'true'] },
  'init_tau1.scale_to_tau1': { under: massive(), values: ['false', 'true'] },
  'init_tau1.tau_field': {
    under: ['optical_depth=null', 'init_tau1.enabled=true', 'shielding.los_geometry.path_multiplier=2'],
    values: ['los', 'vertical'],
  },
  'init_tau1.target_tau': { under: ['optical_depth=null', 'init_tau1.enabled=true'], values: ['1', '2'] },
  'surface_energy.enabled': { under: payable(), values: ['false', 'true'], decides: 'sizes.s_min' },
  'surface_energy.gamma_J_m2': { under: payable(), values: ['1e6', '2e6'], decides: 'sizes.s_min' },
  'surface_energy.eta': { under: payable(), values: ['0.1', '0.2'], decides: 'sizes.s_min' },
  'surface_energy.collider_size_m': { under: payable(), values: ['1', '2'], decides: 'sizes.s_min' },
  'surface_energy.largest_fragment_mass_fraction': {
    under: payable(),
    values: ['0.5', '0.1'],
    decides: 'sizes.s_min',
  },
  'material.rho': { values: ['3270', '3000'] },
  'sizes.s_min': { values: ['1e-7', '2e-7'] },
  'sizes.s_max': { values: ['3', '2'] },
  'sizes.n_bins': { values: ['40', '41'] },
  'initial.s0_mode': { values: ['melt_lognormal_mixture', 'melt_truncated_powerlaw'] },
  'initial.melt_psd.f_fine': { values: ['0.25', '0.3'] },
  'initial.melt_psd.s_fine': { values: ['1e-4', '2e-4'] },
  'initial.melt_psd.s_meter': { values: ['1.5', '1.4'] },
  'initial.melt_psd.width_dex': { values: ['0.3', '0.2'] },
  'initial.melt_psd.s_cut_condensation': { values: ['1e-6', '0'] },
  'initial.melt_psd.s_min_solid': {
    under: ['initial.s0_mode=melt_truncated_powerlaw'],
    values: ['1e-4', '1e-3'],
  },
  'initial.melt_psd.s_max_solid': { under: ['initial.s0_mode=melt_truncated_powerlaw'], values: ['3', '2'] },
  'initial.melt_psd.alpha_solid': {
    under: ['initial.s0_mode=melt_truncated_powerlaw'],
    values: ['3.5', '3'],
  },
  'psd.alpha': { under: ['initial.s0_mode=upper'], values: ['1.83', '2'] },
  'psd.wavy_strength': { under: ['initial.s0_mode=upper', 'psd.alpha=2'], values: ['0', '0.2'] },
  'qstar.override_coeffs': { values: ['true', 'false'] },
  'qstar.coeff_units': { values: ['ba99_cgs', 'si'] },
  'qstar.Qs': { under: four(), values: ['1e7', '2e7'] },
  'qstar.a_s': { under: four(), values: ['0.38', '0.4'] },
  'qstar.B': { under: four(), values: ['0.3', '0.4'] },
  'qstar.b_g': { under: four(), values: ['1.36', '1.3'] },
  'qstar.v_ref_kms': { under: four(), values: ['[1, 2]', '3'] },
  'qstar.coeff_scale': { under: four(), values: ['1', '5.574'] },
  'qstar.coeff_table': { values: ['{1: [1e7, 0.4, 0.3, 1.3]}', '{2: [1e7, 0.4, 0.3, 1.3]}'] },
  'qstar.mu_grav': { values: ['0.45', '0.4'] },
  'collisions.enabled': { values: ['true', 'false'] },
  'collisions.alpha_frag': { values: ['3.5', '6.5'] },
  'radiation.source': { values: ['mars', 'off'] },
  'radiation.use_mars_rp': { values: ['true', 'false'] },
  'radiation.TM_K': { values: ['4000', '5000'] },
  'radiation.Q_pr': { values: ['1', 'null'] },
  'radiation.material': { under: builtIn(), values: ['forsterite', 'silica'] },
  'radiation.qpr_model': { under: builtIn(), values: ['physical', 'compat'] },
  'radiation.qpr_interpolation': { under: builtIn(), values: ['cubic', 'linear'] },
  'radiation.mars_temperature_driver.enabled': { values: ['true', 'false'] },
  'radiation.mars_temperature_driver.mode': { values: ['slab', 'constant'] },
  'radiation.mars_temperature_driver.constant.value_K': {
    under: ['radiation.mars_temperature_driver.mode=constant'],
    values: ['4000', '4500'],
  },
  'radiation.mars_temperature_driver.slab.d_layer_m': { values: ['1e5', '2e5'] },
  'radiation.mars_temperature_driver.slab.rho': { values: ['3000', '3100'] },
  'radiation.mars_temperature_driver.slab.cp': { values: ['1000', '1100'] },
  'radiation.mars_temperature_driver.hyodo.d_layer_m': {
    under: ['radiation.mars_temperature_driver.mode=hyodo', 'numerics.t_end_years=1'],
    values: ['1e5', '2e5'],
  },
  chi_blow: { values: ['0.5', 'auto'] },
  'blowout.enabled': { values: ['true', 'false'] },
  'blowout.target_phase': { under: ['phase.enabled=true'], values: ['solid_only', 'any'] },
  'radiation.tau_gate.enable': { values: ['true', 'false'] },
  'radiation.tau_gate.tau_max': { under: ['radiation.tau_gate.enable=true'], values: ['1', '2'] },
  'phase.enabled': { values: ['true', 'false'] },
  'phase.temperature_input': {
    under: ['phase.enabled=true', 'phase.thresholds.T_condense_K=1000'],
    values: ['mars_surface', 'particle'],
  },
  'phase.q_abs_mean': {
    under: ['phase.enabled=true', 'phase.temperature_input=particle', 'phase.thresholds.T_condense_K=1000'],
    values: ['0.4', '0.5'],
  },
  'phase.thresholds.T_condense_K': { under: ['phase.enabled=true'], values: ['1700', '1800'] },
  'phase.thresholds.T_vaporize_K': { under: ['phase.enabled=true'], values: ['2000', '2100'] },
  'phase.thresholds.P_ref_bar': { under: ['phase.enabled=true'], values: ['1', '0'] },
  'phase.thresholds.tau_ref': { under: ['phase.enabled=true'], values: ['1', '2'] },
  'phase.allow_liquid_hkl': { under: ['phase.enabled=true'], values: ['true', 'false'] },
  'shielding.mode': { values: ['psitau', 'off'] },
  'shielding.fixed_tau1_tau': { under: ['shielding.mode=fixed_tau1'], values: ['2', '3'] },
  'shielding.fixed_tau1_sigma': { under: ['shielding.mode=fixed_tau1'], values: ['auto', 'auto_max'] },
  'shielding.auto_max_margin': {
    under: ['shielding.mode=fixed_tau1', 'shielding.fixed_tau1_sigma=auto_max'],
    values: ['0.05', '0.1'],
  },
  'sinks.enable_gas_drag': { under: ['sinks.rho_g=1e-9'], values: ['true', 'false'] },
  'sinks.rho_g': { under: ['sinks.enable_gas_drag=true'], values: ['1e-9', '1e-8'] },
  'sinks.gas_drag_size_m': {
    under: ['sinks.enable_gas_drag=true', 'sinks.rho_g=1e-9'],
    values: ['1e-6', 'null'],
  },
  'sinks.hydro_escape.enable': {
    under: ['phase.enabled=true', 'sinks.hydro_escape.strength=1e-6'],
    values: ['true', 'false'],
  },
  'sinks.hydro_escape.strength': { under: escaping(), values: ['1e-6', '1e-7'] },
  'sinks.hydro_escape.temp_power': { under: escaping(), values: ['1', '2'] },
  'sinks.hydro_escape.T_ref_K': { under: escaping(), values: ['2000', '2500'] },
  'sinks.hydro_escape.f_vap_floor': { under: escaping(), values: ['1e-3', '1e-2'] },
  'sublimation.law': { values: ['silica', 'forsterite'] },
  'sinks.sub_params.mode': { values: ['hkl', 'exponential'] },
  'sinks.sub_params.dT': { under: ['sinks.sub_params.mode=exponential'], values: ['50', '60'] },
  'numerics.mass_budget_stop': { values: ['0.005', 'null'] },
  'blowout.partial_bin': { values: ['log_fraction', 'lower_edge'] },
  'sinks.mode': { values: ['none', 'sublimation'] },
  'sinks.rp_blowout.enable': { values: ['true', 'false'] },
  'sinks.sub_params.alpha_evap': { values: ['0.1', '0.2'] },
  'sinks.sub_params.mu': { values: ['0.14', '0.15'] },
  'sinks.sub_params.A': { values: ['13', '14'] },
  'sinks.sub_params.B': { values: ['28000', '29000'] },
  'sinks.sub_params.enable_liquid_branch': { values: ['true', 'false'] },
  'sinks.sub_params.psat_liquid_switch_K': { values: ['2163', '2100'] },
  'sinks.sub_params.A_liq': { values: ['11', '12'] },
  'sinks.sub_params.B_liq': { values: ['22000', '23000'] },
  'sinks.sub_params.P_gas': { values: ['0', '1'] },
  'supply.enabled': { values: ['true', 'false'] },
  'supply.const.prod_area_rate_kg_m2_s': {
    under: ['supply.const.mu_orbit10pct=null'],
    values: ['1e-6', '2e-6'],
  },
  'supply.const.mu_orbit10pct': { values: ['1', '2'] },
  'supply.const.mu_reference_tau': { values: ['1', '2'] },
  'supply.const.orbit_fraction_at_mu1': { values: ['0.05', '0.1'] },
  'supply.mixing.epsilon_mix': { values: ['1', '0.5'] },
  'supply.mode': { under: [`supply.powerlaw.A_kg_m2_s=1`], values: ['const', 'powerlaw'] },
  'supply.const.auto_from_tau1_tfill_years': {
    under: ['supply.const.mu_orbit10pct=null'],
    values: ['1', '2'],
  },
  'supply.powerlaw.A_kg_m2_s': { under: ['supply.mode=powerlaw'], values: ['1', '2'] },
  'supply.powerlaw.t0_s': { under: powerLaw(), values: ['0', '10'] },
  'supply.powerlaw.index': { under: powerLaw(), values: ['-1', '-0.5'] },
  'supply.piecewise': {
    under: ['supply.mode=piecewise'],
    values: [onePiece(1), onePiece(2)],
  },
  'supply.transport.mode': {
    under: ['supply.transport.t_mix_orbits=5'],
    values: ['direct', 'deep_mixing'],
  },
  'supply.transport.t_mix_orbits': { under: ['supply.transport.mode=deep_mixing'], values: ['5', '6'] },
  'supply.reservoir.mass_total_Mmars': { values: ['null', '1e-7'] },
  'supply.reservoir.depletion_mode': { under: limited(), values: ['hard_stop', 'taper'] },
  'supply.reservoir.taper_fraction': {
    under: [...limited(), 'supply.reservoir.depletion_mode=taper'],
    values: ['0.05', '0.1'],
  },
  'supply.feedback.enabled': { values: ['false', 'true'] },
  'supply.feedback.target_tau': { under: ['supply.feedback.enabled=true'], values: ['1', '2'] },
  'supply.feedback.gain': { under: ['supply.feedback.enabled=true'], values: ['1', '2'] },
  'supply.feedback.response_time_years': {
    under: ['supply.feedback.enabled=true'],
    values: ['1', '200 d'],
  },
  'supply.feedback.min_scale': { under: ['supply.feedback.enabled=true'], values: ['0.1', '0.2'] },
  'supply.feedback.max_scale': { under: ['supply.feedback.enabled=true'], values: ['10', '20'] },
  'supply.feedback.initial_scale': { under: ['supply.feedback.enabled=true'], values: ['1', '2'] },
  'supply.temperature.enabled': { values: ['false', 'true'] },
  'supply.temperature.reference_K': { under: ['supply.temperature.enabled=true'], values: ['1800', '2000'] },
  'supply.temperature.exponent': { under: ['supply.temperature.enabled=true'], values: ['1', '2'] },
  'supply.temperature.scale_at_reference': {
    under: ['supply.temperature.enabled=true'],
    values: ['1', '2'],
  },
  'supply.temperature.floor': { under: ['supply.temperature.enabled=true'], values: ['0', '1'] },
  'supply.temperature.cap': { under: ['supply.temperature.enabled=true'], values: ['10', '1'] },
  'supply.injection.mode': { values: ['powerlaw_bins', 'initial_psd'] },
  'supply.injection.s_inj_min': { values: ['1e-6', 'null'] },
  'supply.injection.s_inj_max': { values: ['1e-3', 'null'] },
  'supply.injection.q': { values: ['3.5', '3'] },
  'numerics.t_end_years': { values: ['10', '9'] },
  'numerics.t_end_orbits': { values: ['3', '4'] },
  'numerics.t_end_until_temperature_K': { values: ['2000', '2100'] },
  'numerics.t_end_temperature_margin_years': {
    under: ['numerics.t_end_until_temperature_K=2000'],
    values: ['0', '1 d'],
  },
  'numerics.min_duration_years': { values: ['1', '2'] },
  'numerics.stop_on_blowout_below_smin': { values: ['true', 'false'] },
  'numerics.mass_loss_rate_stop_Mmars_s': { values: ['1e-14', 'null'] },
  'numerics.rtol': { values: ['1e-6', '1e-8'] },
  'numerics.eta': { values: ['1e-4', '1e-5'] },
  'io.output_every': { values: ['1 d', 'log:10'] },
  'collisions.remnant': { values: ['whole', 'finite_volume'] },
  'io.output_mode': { values: ['dense', 'land'] },
  'io.series_stride': { values: ['1', '2'] },
  'io.psd_history': { values: ['true', 'false'] },
  'io.psd_history_stride': { values: ['1', '2'] },
};

function powerLaw(): string[] {
  return ['supply.mode=powerlaw', 'supply.powerlaw.A_kg_m2_s=1'];
}

function onePiece(rate: number): string {
  return `[{t_start_s: 0, t_end_s: 1e5, const: {prod_area_rate_kg_m2_s: ${rate}}}]`;
}

function limited(): string[] {
  return ['supply.reservoir.mass_total_Mmars=1e-7'];
}

/** The table that comes without a file. */
function builtIn(): string[] {
  return ['radiation.Q_pr=null', 'radiation.qpr_table_path=null'];
}

function escaping(): string[] {
  return ['phase.enabled=true', 'sinks.hydro_escape.enable=true', 'sinks.hydro_escape.strength=1e-6'];
}

function four(): string[] {
  return [
    'qstar.coeff_table=null',
    'qstar.Qs=1e7',
    'qstar.a_s=0.3',
    'qstar.B=0.2',
    'qstar.b_g=1.3',
    'qstar.v_ref_kms=1',
  ];
}

/** Keys of `params` that name a file, or have one implemented value only; tables.test.ts and refusals.test.ts cover them. */
export const elsewhere = new Set([
  'radiation.qpr_table_path',
  'dynamics.e_profile.table_path',
  'dynamics.e_profile.r_kind',
  'radiation.mars_temperature_driver.table.path',
  'radiation.mars_temperature_driver.table.time_unit',
  'radiation.mars_temperature_driver.table.column_time',
  'radiation.mars_temperature_driver.table.column_temperature',
  'sinks.enable_sublimation',
  'sinks.sub_params.psat_table_path',
  'sinks.sub_params.local_fit_window_K',
  'sinks.sub_params.min_points_local_fit',
  'shielding.table_path',
  'phase.source',
  'sinks.sub_params.psat_model',
  'numerics.solver',
  'supply.table.path',
  'supply.table.time_unit',
  'supply.reservoir.enabled',
  'supply.temperature.mode',
  'supply.temperature.table.path',
  'supply.temperature.table.value_kind',
  'supply.temperature.table.column_temperature',
  'supply.temperature.table.column_value',
  'supply.injection.velocity.mode',
  'supply.injection.velocity.e_inj',
  'supply.injection.velocity.i_inj',
  'supply.injection.velocity.vrel_factor',
  'supply.injection.velocity.blend_mode',
  'supply.injection.velocity.weight_mode',
]);

/** A ring whose mass is that of the inner disk. */
function massive(...more: string[]): string[] {
  return ['optical_depth=null', 'inner_disk_mass.M_in_ratio=1e-6', ...more];
}

/** Grains with so much surface energy that the smallest ones cannot be made. */
function payable(): string[] {
  return ['surface_energy.enabled=true', 'psd.alpha=3.5', 'surface_energy.gamma_J_m2=1e6'];
}

function energies(): string[] {
  return ['diagnostics.energy_bookkeeping.enabled=true'];
}

/** An eccentricity that is drawn. */
function clearance(): string[] {
  return [
    ...['dynamics.e_profile.mode=off', 'dynamics.e_mode=mars_clearance', 'dynamics.e0=0.5'],
    ...['dynamics.dr_min_m=1e5', 'dynamics.dr_max_m=2e6', 'dynamics.rng_seed=1'],
  ];
}

/** An inclination that is drawn. */
function tilt(): string[] {
  return ['dynamics.i_mode=obs_tilt_spread', 'dynamics.i_spread_deg=1', 'dynamics.rng_seed=1'];
}
