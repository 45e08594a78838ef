import type { LegacyParams } from '../../src/sim/legacy/params.js';
import { quick, refusal } from './loading.js';

const legacy = (...overrides: string[]) => quick('numerics.solver=legacy', ...overrides);
const params = async (...overrides: string[]) => (await legacy(...overrides)).params as LegacyParams;

describe('numerics.solver=legacy', () => {
  it('is a model of its own and never the default', async () => {
    expect((await quick()).model).toBe('mars-disk');
    expect((await legacy()).model).toBe('mars-legacy');
  });

  it('takes what a file leaves out as the original does', async () => {
    const given = await params();
    expect(given.floor).toBe('fixed');
    expect(given.step).toBe(60000);
    expect(given.shielding).toEqual({ mode: 'psitau', phi: { kind: 'exponential' } });
    expect(given.stops.tau).toBe(1);
    expect(given.output.orbits).toBe(true);
    expect(given.collisions.fragmentSlope).toBe(3.5);
    expect((await params('optical_depth.tau_stop=null', 'shielding.mode=off')).stops.tau).toBeNull();
  });

  it('warns once, and names the defects that this configuration meets', async () => {
    const named = async (...overrides: string[]) => {
      const found = (await legacy(...overrides)).warnings.filter((text) =>
        text.includes('reproduces defects'),
      );
      expect(found).toHaveLength(1);
      return found[0]!;
    };
    expect(await named()).toMatch(/\n {4}Z1: [\s\S]*\n {4}Z8: [\s\S]*\n {4}Z13, Z14: /);
    expect(await named('psd.floor.mode=none')).not.toContain('Z13');
    expect(await named('physics_mode=sublimation_only')).not.toContain('Z1:');
  });

  it('says that a constant temperature was a cooling slab in the original', async () => {
    const { warnings } = await legacy('radiation.mars_temperature_driver.mode=constant');
    expect(warnings.join()).toContain('the original replaced it by a cooling slab');
  });

  it('names keys of the resolved solver that have no effect here, and refuses what it does not have', async () => {
    const { warnings } = await legacy('numerics.rtol=1e-7');
    expect(warnings.join()).toContain('numerics.rtol = 1e-7 has no effect');
    for (const [key, value] of [
      ['io.output_every', '30 d'],
      ['collisions.remnant', 'finite_volume'],
    ]) {
      const { problems } = await refusal(legacy(`${key}=${value}`));
      expect(problems.map((problem) => problem.key)).toEqual([key]);
    }
    const { problems } = await refusal(legacy('io.output_every=30 d'));
    expect(problems[0]!.message).toContain('give io.series_stride');
  });

  it('has energy accounts, blow-out of vapour and the stop on the mass budget', async () => {
    expect(await params()).not.toHaveProperty('energy');
    const energy = 'diagnostics.energy_bookkeeping.enabled=true';
    expect((await params(energy)).energy).toEqual({ cratering: 0.1, fragmentation: 0.25 });
    const any = 'blowout.target_phase=any';
    expect((await params(any, 'phase.enabled=true')).blowout.anyPhase).toBe(true);
    expect((await params(any)).blowout).not.toHaveProperty('anyPhase');
    expect((await params('numerics.mass_budget_stop=1e-4')).stops.massError).toBe(1e-4);
    const { warnings } = await legacy('numerics.mass_budget_stop=0.005');
    expect(warnings.join()).toContain('numerics.mass_budget_stop = 0.005 cannot end the run');
    const { problems } = await refusal(legacy('numerics.mass_budget_stop=-1'));
    expect(problems.map((problem) => problem.key)).toEqual(['numerics.mass_budget_stop']);
  });
});
