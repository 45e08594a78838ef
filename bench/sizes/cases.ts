/** Cases of the study of the size resolution: overrides of the quickstart disk, and times at which results are compared, s. */
export interface SizeCase {
  readonly name: string;
  readonly about: string;
  readonly overrides: readonly string[];
  readonly times: readonly number[];
}

const day = 86400;
const year = 31557600;

/** Random speeds of a flat ring instead of orbits that graze Mars. */
function slow(e: number, i: number): string[] {
  return [
    ...['dynamics.e_profile.mode=off', `dynamics.e0=${e}`, `dynamics.i0=${i}`],
    'dynamics.v_rel_mode=ohtsuki',
  ];
}

/**
 * Away from the four reference cases on which the constants of the scheme were chosen (spec/sizes.md 5.3): temperature, depth, thickness, speed,
 * fragments, start, supply and sinks, and the run to 1000 K. All are taken with `collisions.remnant: finite_volume`.
 */
export const sizeCases: readonly SizeCase[] = [
  {
    name: 'quickstart',
    about: 'slab from 4000 K, supply, sublimation, ten years',
    overrides: [],
    times: [3600, day, year, 10 * year],
  },
  {
    name: 'hot, thick, seen obliquely',
    about: '5500 K constant, tau0 = 5, f_los = 2, i0 = 0.1, no supply',
    overrides: [
      ...['radiation.mars_temperature_driver.enabled=false', 'radiation.TM_K=5500', 'dynamics.i0=0.1'],
      ...['optical_depth.tau0_target=5', 'shielding.los_geometry.path_multiplier=2'],
      ...['supply.enabled=false', 'numerics.t_end_years=0.0027379'],
    ],
    times: [60, 3600, day],
  },
  {
    name: 'cold, thin, flat',
    about: '2000 K constant, tau0 = 0.05, i0 = 0.01, weak supply, no sublimation',
    overrides: [
      ...['radiation.mars_temperature_driver.enabled=false', 'radiation.TM_K=2000', 'dynamics.i0=0.01'],
      ...['optical_depth.tau0_target=0.05', 'supply.const.mu_orbit10pct=0.1', 'sinks.mode=none'],
      'numerics.t_end_years=1',
    ],
    times: [3600, day, 30 * day, year],
  },
  {
    name: 'flat fragments (p = 0)',
    about: 'alpha_frag = 4, tau0 = 2, slab from 4000 K, supply, one year',
    overrides: ['collisions.alpha_frag=4', 'optical_depth.tau0_target=2', 'numerics.t_end_years=1'],
    times: [3600, day, 30 * day, year],
  },
  {
    name: 'many growing bins',
    about: 'random speeds e = 0.02, i = 0.01 (v = 80 m/s), supply, no sublimation, 100 days',
    overrides: [...slow(0.02, 0.01), 'sinks.mode=none', 'numerics.t_end_years=0.27379'],
    times: [3600, day, 10 * day, 100 * day],
  },
  {
    name: 'some growing bins',
    about: 'e = 0.2, i = 0.05 (v = 700 m/s), slab from 3500 K, supply, one year',
    overrides: [...slow(0.2, 0.05), 'radiation.TM_K=3500', 'numerics.t_end_years=1'],
    times: [3600, day, 30 * day, year],
  },
  {
    name: 'no blow-out',
    about: 'slab from 3000 K, supply, sublimation alone takes mass, 30 days',
    overrides: ['blowout.enabled=false', 'radiation.TM_K=3000', 'numerics.t_end_years=0.082137'],
    times: [3600, day, 30 * day],
  },
  {
    name: 'to 1000 K',
    about: 'quickstart disk until Mars has cooled to 1000 K, 55 years',
    overrides: [...['numerics.t_end_until_temperature_K=1000', 'numerics.t_end_temperature_search_years=60']],
    times: [year, 10 * year, 55 * year],
  },
  {
    name: 'three slopes',
    about: 'start alpha = 3 on 1 um .. 30 m, 3500 K constant, supply into the smallest size, 30 days',
    overrides: [
      ...['initial.s0_mode=upper', 'psd.alpha=3', 'sizes.s_min=1e-6', 'sizes.s_max=30'],
      ...['radiation.mars_temperature_driver.enabled=false', 'radiation.TM_K=3500'],
      ...['supply.injection.mode=min_bin', 'numerics.t_end_years=0.082137'],
    ],
    times: [3600, day, 30 * day],
  },
  {
    name: 'steep fragments',
    about:
      'alpha_frag = 6.5 (the weights of the original), slab from 3000 K, no sublimation, supply, 30 days',
    overrides: [
      ...['collisions.alpha_frag=6.5', 'radiation.TM_K=3000', 'sinks.mode=none'],
      'numerics.t_end_years=0.082137',
    ],
    times: [3600, day, 30 * day],
  },
];
