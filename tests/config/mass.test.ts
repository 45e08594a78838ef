import { loadRunSpec } from '../../src/config/load.js';
import { shownAsYaml } from '../../src/config/showing.js';
import { marsMass, marsRadius } from '../../src/sim/mars/constants.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { profileDensity } from '../../src/sim/mars/innerDisk.js';
import { surfaceEnergyFloor } from '../../src/sim/mars/surfaceEnergy.js';
import { quick, quickParams, refusal, temporary } from './loading.js';

const off = 'optical_depth=null';
const given = (density: number) => [off, `surface.sigma_surf_init_override=${density}`];
const startOf = async (...overrides: string[]) => {
  const params = await quickParams(...overrides);
  return { Sigma: params.initialDensity, tau: params.tau0, disk: diskOf(params) };
};
const refused = async (...overrides: string[]) => (await refusal(quick(...overrides))).message;

describe('mass of the ring without optical_depth', () => {
  it('is a surface density that the run starts with, and has the optical depth that belongs to it', async () => {
    const { Sigma, tau, disk } = await startOf(...given(0.5));
    expect(Sigma).toBe(0.5);
    expect(disk.initialTotal).toBeCloseTo(0.5, 14);
    expect(tau / (0.5 * disk.opacity0)).toBeCloseTo(1, 14);
    const thick = await startOf(...given(0.5), 'shielding.los_geometry.path_multiplier=2');
    expect(thick.tau / (2 * tau)).toBeCloseTo(1, 14);
  });

  it('the same density by its optical depth is the same disk up to rounding, but another run', async () => {
    const one = await quick(...given(0.5));
    const { tau0 } = one.params as { tau0: number };
    const other = await quick(`optical_depth.tau0_target=${tau0}`);
    expect(other.identity).not.toBe(one.identity);
    const found = diskOf(other.params as Parameters<typeof diskOf>[0]).initialTotal;
    expect(found / 0.5).toBeCloseTo(1, 14);
  });

  it('or the mass of the inner disk, spread over it', async () => {
    const area = Math.PI * (2.7 ** 2 - 1) * marsRadius ** 2;
    const mass = 1e-8 * marsMass;
    const uniform = await startOf(off, 'inner_disk_mass.M_in_ratio=1e-8');
    expect(uniform.Sigma! / (mass / area)).toBeCloseTo(1, 14);
    const kg = await startOf(
      off,
      'inner_disk_mass.use_Mmars_ratio=false',
      `inner_disk_mass.M_in_ratio=${mass}`,
    );
    expect(kg.Sigma! / uniform.Sigma!).toBeCloseTo(1, 14);
    const powerlaw = (p: number) =>
      startOf(
        off,
        'inner_disk_mass.M_in_ratio=1e-8',
        'disk.geometry.r_profile=powerlaw',
        `disk.geometry.p_index=${p}`,
      );
    expect((await powerlaw(0)).Sigma! / uniform.Sigma!).toBeCloseTo(1, 12);
    // Steep: most of the mass lies further in than the reference radius.
    expect((await powerlaw(4)).Sigma!).toBeLessThan(uniform.Sigma!);
  });

  it.each([0, 1, 2, 3.5, -1])('a profile r^-%s holds the mass that it is made of', (slope) => {
    const profile = { inner: marsRadius, outer: 2.7 * marsRadius, slope };
    const steps = 20000;
    const width = (profile.outer - profile.inner) / steps;
    let mass = 0;
    for (let k = 0; k < steps; k++) {
      const r = profile.inner + (k + 0.5) * width;
      mass += 2 * Math.PI * r * profileDensity(1, r, profile) * width;
    }
    // Each radius gives the density there of the one disk.
    expect(mass).toBeCloseTo(1, 6);
  });

  it('or the optical depth 1 of init_tau1, in either direction', async () => {
    const los = await startOf(off, 'init_tau1.enabled=true', 'shielding.los_geometry.path_multiplier=4');
    expect(los.tau).toBeCloseTo(1, 14);
    const vertical = await startOf(
      ...[off, 'init_tau1.enabled=true', 'init_tau1.tau_field=vertical'],
      'shielding.los_geometry.path_multiplier=4',
    );
    expect(vertical.tau).toBeCloseTo(4, 13);
    expect((await startOf(off, 'init_tau1.enabled=true', 'init_tau1.target_tau=0.3')).tau).toBeCloseTo(
      0.3,
      14,
    );
  });

  it('limits lower it where it is thicker, and say so', async () => {
    const limited = async (density: number, ...more: string[]) => {
      const spec = await quick(...given(density), ...more);
      return { ...(spec.params as { tau0: number }), warned: spec.warnings.join('\n') };
    };
    const clipped = await limited(1e4, 'surface.init_policy=clip_by_tau1');
    expect(clipped.tau0).toBeCloseTo(1, 14);
    expect(clipped.warned).toMatch(/clip_by_tau1 lowers the surface density at the start from 10000 to/);
    const scaled = await limited(1e4, 'init_tau1.scale_to_tau1=true', 'init_tau1.target_tau=2');
    expect(scaled.tau0).toBeCloseTo(2, 14);
    const thin = await limited(1e-9, 'surface.init_policy=clip_by_tau1', 'init_tau1.scale_to_tau1=true');
    expect(thin.warned).not.toContain('lowers');
  });

  it('is shown as null, and what is shown is the same run', async () => {
    const spec = await quick(...given(0.5));
    const text = shownAsYaml(spec);
    expect(text).toContain('optical_depth: null # command line');
    const again = await loadRunSpec({ file: temporary('shown.yml', text) });
    expect(again.identity).toBe(spec.identity);
  });

  it('must be given once, and never beside optical_depth without a word', async () => {
    expect(await refused(off)).toMatch(/nothing gives the mass of the ring; give inner_disk_mass/);
    expect(await refused(...given(1), 'inner_disk_mass.M_in_ratio=1e-8')).toMatch(/both give the mass/);
    expect(await refused(...given(0))).toMatch(/sigma_surf_init_override = 0: must be a finite number > 0/);
    expect(await refused('init_tau1.scale_to_tau1=true')).toMatch(/contradicts optical_depth.tau0_target/);
    const beside = await quick('surface.sigma_surf_init_override=3', 'inner_disk_mass.M_in_ratio=1e-8');
    expect(beside.warnings.join('\n')).toMatch(
      /sigma_surf_init_override = 3 is not used.*optical_depth=null/,
    );
    expect(beside.identity).toBe((await quick()).identity);
  });
});

describe('surface-energy floor', () => {
  const law = {
    alpha: 3.5,
    gamma: 1,
    efficiency: 0.1,
    collider: 3,
    largestShare: 0.5,
    density: 3270,
    speed: 5000,
  };

  it('is the formula', () => {
    const F = 1 / 3 + (0.1 * 3270 * 25e6) / 24;
    expect(surfaceEnergyFloor(law, 3) * (F * F * 3 * 0.5 ** (1 / 3))).toBeCloseTo(1, 12);
    expect(surfaceEnergyFloor({ ...law, gamma: 1e12 }, 1e-6)).toBe(1e-6);
    for (const alpha of [3, 4, 2, Number.NaN]) expect(surfaceEnergyFloor({ ...law, alpha }, 3)).toBe(0);
  });

  it('grows with the surface energy and falls with the speed of impacts', () => {
    expect(surfaceEnergyFloor({ ...law, gamma: 10 }, 3)).toBeGreaterThan(surfaceEnergyFloor(law, 3));
    expect(surfaceEnergyFloor({ ...law, speed: 9000 }, 3)).toBeLessThan(surfaceEnergyFloor(law, 3));
  });

  it('raises the bottom of the grid, where it is higher, and says so', async () => {
    const on = ['surface_energy.enabled=true', 'psd.alpha=3.5'];
    expect((await quickParams(...on)).sizes.min).toBe(1e-7);
    const spec = await quick(...on, 'surface_energy.gamma_J_m2=1e6');
    const { sizes } = spec.params as { sizes: { min: number } };
    expect(sizes.min).toBeGreaterThan(1e-6);
    expect(spec.warnings.join()).toContain(
      'surface_energy raises the bottom of the grid from sizes.s_min = 1e-7 m',
    );
    expect(shownAsYaml(spec)).toContain(`s_min: ${sizes.min} # m, derived`);
    expect(await refused('surface_energy.enabled=true', 'psd.alpha=1.83')).toMatch(
      /psd.alpha = 1.83: must be > 3 and < 4/,
    );
    expect(await refused(...on, 'surface_energy.gamma_J_m2=1e20')).toMatch(
      /no fragment below sizes.s_max = 3 m/,
    );
  });
});
