import { shownAsYaml } from '../../src/config/showing.js';
import { marsRadius } from '../../src/sim/mars/constants.js';
import { Pcg64 } from '../../src/sim/numerics/pcg64.js';
import { quick, quickParams, refusal } from './loading.js';
import { sweepOf } from './sweep/sweeping.js';

const clearance = [
  'dynamics.e_profile.mode=off',
  'dynamics.e_mode=mars_clearance',
  'dynamics.dr_min_m=1.2e6',
  'dynamics.dr_max_m=4.0e6',
];
const tilt = ['dynamics.i_mode=obs_tilt_spread', 'dynamics.obs_tilt_deg=10', 'dynamics.i_spread_deg=5'];
const eOf = async (...more: string[]) => (await quickParams(...clearance, ...more)).eccentricity;

describe('eccentricity drawn as a clearance above Mars', () => {
  it('comes from the seed alone, and from the first number of it', async () => {
    const { radius } = await quickParams();
    const dr = new Pcg64(12345).uniform(1.2e6, 4e6);
    expect(await eOf('dynamics.rng_seed=12345')).toBe(1 - (marsRadius + dr) / radius);
    expect(await eOf('dynamics.rng_seed=12345', ...tilt)).toBe(await eOf('dynamics.rng_seed=12345'));
    expect(await eOf('dynamics.rng_seed=42')).toBe(0);
  });

  it('is shown with its origin and its seed, warned of, and repeated by what is shown', async () => {
    const spec = await quick(...clearance, ...tilt);
    const again = await quick(...clearance, ...tilt);
    expect(again.identity).toBe(spec.identity);
    const shown = shownAsYaml(spec);
    const e = (spec.params as { eccentricity: number }).eccentricity;
    expect(shown).toContain(`  e0: ${e} # drawn`);
    const seed = /rng_seed: (\d+) # derived/.exec(shown)![1]!;
    const i = /i0: (\S+) # rad, drawn/.exec(shown)![1]!;
    expect(spec.warnings.join('\n')).toMatch(/mars_clearance: e = \S+ is drawn .*rng_seed/);
    expect(spec.warnings.join('\n')).toMatch(/obs_tilt_spread: i = \S+ degrees is drawn/);
    expect((await quick(...clearance, ...tilt, `dynamics.rng_seed=${seed}`)).identity).toBe(spec.identity);
    const explicit = ['dynamics.e_profile.mode=off', `dynamics.e0=${e}`, `dynamics.i0=${i}`];
    expect((await quick(...explicit)).identity).toBe(spec.identity);
  });

  it('derives its seed from the ring, not from how it is computed', async () => {
    expect(await eOf('numerics.rtol=1e-8')).toBe(await eOf());
    expect(await eOf('disk.geometry.r_out_RM=2.8')).not.toBe(await eOf());
    expect(await eOf('optical_depth.tau0_target=0.5')).not.toBe(await eOf());
  });

  it('refuses what cannot be drawn, with the value and the cure', async () => {
    const refused = async (...more: string[]) => (await refusal(quick(...clearance, ...more))).message;
    expect(await refused('dynamics.e_profile.mode=mars_pericenter')).toMatch(
      /needs dynamics.e_profile.mode=off/,
    );
    expect(await refused('dynamics.dr_min_m=5e6')).toMatch(
      /dr_min_m = 5000000: must be <= dynamics.dr_max_m = 4000000/,
    );
    expect(await refused('dynamics.dr_max_m=null')).toMatch(/dr_max_m is required/);
    expect(await refused('dynamics.dr_dist=loguniform', 'dynamics.dr_min_m=0')).toMatch(
      /must be > 0 with .*loguniform/,
    );
    expect(await refused('dynamics.dr_dist=normal')).toMatch(/one of uniform, loguniform/);
    expect(await refused('dynamics.rng_seed=-1')).toMatch(/rng_seed = -1: must be a whole number >= 0/);
  });
});

describe('inclination drawn around the observed tilt', () => {
  it('lies in the range, in radians, whatever the unit of i0', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { inclination } = await quickParams(...tilt, `dynamics.rng_seed=${seed}`);
      expect(Math.abs((inclination * 180) / Math.PI - 10)).toBeLessThanOrEqual(5);
      const inDegrees = await quickParams(...tilt, `dynamics.rng_seed=${seed}`, 'dynamics.i0_unit=deg');
      expect(inDegrees.inclination).toBe(inclination);
    }
  });
});

it('a seed without a draw is named as unused, and leaves the run what it was', async () => {
  const spec = await quick('dynamics.rng_seed=3');
  expect(spec.warnings.join()).toContain('dynamics.rng_seed = 3 is not used');
  expect(spec.identity).toBe((await quick()).identity);
});

describe('in a sweep', () => {
  const drawnIn = async (text: string, ...more: string[]) => {
    const { cases } = await sweepOf(text, { overrides: [...clearance, ...more] });
    return cases.map(({ spec, seed }) => {
      const { eccentricity } = spec.params as { eccentricity: number };
      const { rng_seed } = spec.configuration.dynamics as { rng_seed: number };
      return { eccentricity, seed, rng_seed, origin: spec.origins['dynamics.rng_seed'] };
    });
  };

  it("each case draws with its own seed, made of the sweep's and its values: other cases do not change it", async () => {
    const both = await drawnIn('seed: 7\naxes: {tau: [1, 0.5], T: [4000]}');
    const [one] = await drawnIn('seed: 7\naxes: {tau: [0.5], T: [4000]}');
    expect(one).toEqual(both[1]);
    for (const { seed, rng_seed, origin } of both) expect([rng_seed, origin]).toEqual([seed, 'sweep']);
    expect(new Set(both.map(({ rng_seed }) => rng_seed)).size).toBe(2);
    const [other] = await drawnIn('seed: 8\naxes: {tau: [0.5], T: [4000]}');
    expect(other!.eccentricity).not.toBe(one!.eccentricity);
  });

  it('a seed that is given is that of all cases: then they differ by their axes alone', async () => {
    const both = await drawnIn('seed: 7\naxes: {tau: [1, 0.5]}', 'dynamics.rng_seed=3');
    expect(both[0]!.eccentricity).toBe(both[1]!.eccentricity);
    expect(both.map(({ rng_seed }) => rng_seed)).toEqual([3, 3]);
  });
});
