import { loadRunSpec } from '../../src/config/load.js';
import { quick, quickstart, smallest, temporary } from './loading.js';

describe('values that somebody typed and that change nothing', () => {
  it.each([
    ['supply.feedback.target_tau=0.3', 'supply.feedback.enabled is false'],
    ['phase.thresholds.T_condense_K=1600', 'phase.enabled is false'],
    ['supply.powerlaw.index=-2', 'supply.mode is const'],
    [
      'radiation.mars_temperature_driver.constant.value_K=3000',
      'radiation.mars_temperature_driver.mode is slab',
    ],
    ['sinks.rho_g=1e-6', 'another value switches it off or takes its place'],
    ['shielding.table_path=nowhere.csv', 'another value switches it off or takes its place'],
  ])('%s is named, with what switches it off', async (override, cause) => {
    const { warnings } = await quick(override);
    const [name, value] = override.split('=') as [string, string];
    const shown = Number.isNaN(Number(value)) ? `"${value}"` : String(Number(value));
    expect(warnings).toEqual([`${name} = ${shown} has no effect here: ${cause}`]);
  });

  it.each([
    [['sizes.n_bins=80', 'numerics.t_end_years=2 yr']],
    [['supply.feedback.enabled=true', 'supply.feedback.target_tau=0.3']],
    [['sinks.sub_params.valid_K=[1000, 5000]']], // a check that passes
    [['radiation.TM_K=4000', 'numerics.rtol=1e-6']], // as in the file
    [['execution.memory_limit=3 GiB', 'numerics.max_steps=5', 'io.figures=false', 'io.outdir=x']], // no part of the identity
  ])('%j acts, or holds anyway', async (overrides) => {
    expect((await quick(...overrides)).warnings).toEqual([]);
  });

  it('two values that do the same are not idle together', async () => {
    expect((await quick('blowout.enabled=false', 'radiation.source=off')).warnings).toEqual([]);
  });

  it('says it once, of the environment too, and not twice what has a warning of its own', async () => {
    const environment = { MARSDISK__sinks__rho_g: '1e-7' };
    const overrides = ['radiation.Q_pr=1', 'sinks.rho_g=1e-6', 'dynamics.e0=0.3'];
    const { warnings } = await loadRunSpec({ file: quickstart, overrides, environment });
    expect(warnings.filter((warning) => warning.includes('sinks.rho_g'))).toHaveLength(1);
    expect(warnings.filter((warning) => warning.includes('dynamics.e0'))).toHaveLength(1);
  });

  it('leaves files alone: they carry settings of options that are off', async () => {
    const file = temporary(
      'disk.yml',
      smallest.replace('sinks:', 'supply: {feedback: {target_tau: 0.3}}\nsinks:'),
    );
    expect((await loadRunSpec({ file })).warnings.join()).not.toMatch(/target_tau/);
  });
});
