import { loadRunSpec } from '../../src/config/load.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quick, quickParams, refusal, smallest, temporary } from './loading.js';

const sub = 'sinks.sub_params';
const lawOf = async (...overrides: string[]) => (await quickParams(...overrides)).sublimation;

describe('sublimation', () => {
  it('takes silica where no law is named, and says so', async () => {
    const spec = await loadRunSpec({
      file: temporary('disk.yml', smallest),
      overrides: ['sinks.mode=sublimation'],
    });
    expect((spec.params as MarsParams).sublimation).toEqual({
      ...{ alphaEvap: 0.022, molarMass: 0.0440849, A: 13.203, B: 25898.9 },
      ...{ liquid: null, gasPressure: 0 },
    });
    expect(spec.warnings.join()).toContain('sublimation.law is not given: silica fills');
  });

  it('warns of the drop of the original law, and only of that', async () => {
    const drops = async (law: string) =>
      (await quick(`sublimation.law=${law}`)).warnings.filter((warning) => warning.includes('falls by'));
    expect(await drops('sio_reference')).toEqual([
      expect.stringContaining('44000 at the liquid switch, 1900 K'),
    ]);
    expect(await drops('forsterite')).toEqual([]);
    expect(await drops('silica')).toEqual([]);
  });

  it('warns of grains that are hotter than the law was made for', async () => {
    const { warnings } = await quick(`${sub}.valid_K=[1000, 1500]`);
    expect(warnings).toEqual([
      expect.stringMatching(/grains reach 2079\.\d K, .* extrapolated above 1500 K/),
    ]);
  });

  it('gives a law without liquid branch one on request, and takes one away', async () => {
    const branch = [`${sub}.psat_liquid_switch_K=2000`, `${sub}.A_liq=13`, `${sub}.B_liq=25000`];
    expect(await lawOf('sublimation.law=silica', ...branch)).toMatchObject({
      liquid: { switch: 2000, A: 13, B: 25000 },
    });
    expect(await lawOf(`${sub}.enable_liquid_branch=false`)).toMatchObject({ liquid: null });
  });

  it('reads the exponential flux', async () => {
    const law = await lawOf(`${sub}.mode=exponential`, `${sub}.dT=0.5`);
    expect(law).toEqual({ kind: 'exponential', reference: 1300, width: 1 });
  });

  const pressures = (from: number) =>
    temporary(
      'psat.csv',
      `T,log10P\n${[0, 100, 200, 300, 3000].map((above) => `${from + above},${12 - 24000 / (from + above)}`).join('\n')}\n`,
    );

  it('continues a table of pressures by fits, by the formula where points are few', async () => {
    const file = pressures(700);
    const law = await lawOf(`${sub}.psat_model=auto`, `${sub}.psat_table_path=${file}`);
    const { cold, hot } = (law as { pressureTable: { cold: { A: number; B: number }; hot: unknown } })
      .pressureTable;
    expect(cold.A).toBeCloseTo(12, 6);
    expect(cold.B).toBeCloseTo(24000, 3);
    expect(hot).toEqual({ A: 13.809441833, B: 28362.904024 });
  });

  it('refuses a table that the grains leave, unless a fit continues it', async () => {
    const file = pressures(1500);
    const asked = [`${sub}.psat_model=tabulated`, `${sub}.psat_table_path=${file}`];
    const { problems } = await refusal(quick(...asked));
    expect(problems[0]!.message).toMatch(
      /covers 1500 to 4500 K, .* pass through \d+.* to 2079\.\d K; .*auto/,
    );
    expect((await quick(`${sub}.psat_table_path=${file}`)).warnings.join()).toContain('is not used');
  });
});

describe('shielding', () => {
  it('reads Phi over tau, at w0 = 0 and g = 0 of a larger table', async () => {
    const file = temporary('phi.csv', 'tau,w0,g,Phi\n0,0,0,1\n0,0.5,0,0.9\n2,0,0,0.3\n2,0.5,0,0.2\n');
    const { shielding } = await quickParams('shielding.mode=psitau', `shielding.table_path=${file}`);
    expect(shielding).toEqual({
      mode: 'psitau',
      phi: { kind: 'table', depths: [0, 2], values: [1, 0.3] },
    });
  });

  it('is exp(-tau) without a table, and says so', async () => {
    const spec = await quick('shielding.mode=fixed_tau1');
    expect((spec.params as MarsParams).shielding).toEqual({
      ...{ mode: 'fixed_tau1', phi: { kind: 'exponential' }, tau: 1 },
      ...{ surfaceDensity: 'auto', margin: 0.05 },
    });
    expect(spec.warnings.join()).toContain('shielding.table_path is not given');
  });

  it.each([
    ['tau,phi\n0,1\n1,1.2\n', /1\.2 must be >= 0 and <= 1/],
    ['tau,phi\n1,1\n0,0.5\n', /tau must ascend/],
    ['tau,phi\n0,1\n', /at least 2 optical depths/],
    ['tau,psi\n0,1\n1,1\n', /needs a column named phi or Phi/],
  ])('refuses %j', async (text, message) => {
    const file = temporary('phi.csv', text);
    const { problems } = await refusal(quick('shielding.mode=psitau', `shielding.table_path=${file}`));
    expect(problems[0]!.message).toMatch(message);
  });
});

describe('what has no effect is said', () => {
  it.each([
    [['sinks.enable_gas_drag=true'], 'sinks.rho_g, the density of the gas, is 0'],
    [['sinks.hydro_escape={enable: true, strength: 1e-6}'], 'only vapour escapes'],
    [['phase.enabled=true', 'sinks.hydro_escape.enable=true'], 'sinks.hydro_escape.strength is 0'],
  ])('%j', async (overrides, message) => {
    const spec = await quick(...overrides);
    expect(spec.warnings.join()).toContain(message);
    expect(spec.params).not.toHaveProperty('gasDrag');
    expect(spec.params).not.toHaveProperty('escape');
  });

  it('switches that are off leave the parameters as they were', async () => {
    const params = await quickParams();
    for (const name of ['phase', 'gasDrag', 'escape', 'shielding']) expect(params).not.toHaveProperty(name);
    expect(Object.keys(params.blowout).sort()).toEqual(['chi', 'enabled', 'partialBin']);
  });
});

describe('phases', () => {
  const molten =
    /never below 3101 K, the grains are molten for the whole run .* without collisions, blow-out and supply/;

  it('warns of a run whose grains never solidify', async () => {
    const { warnings } = await quick('numerics.t_end_years=1', 'phase.enabled=true');
    expect(warnings).toEqual([expect.stringMatching(molten)]);
    expect(warnings[0]).toMatch(/sublimation \(phase\.allow_liquid_hkl\)$/);
    const liquid = await quick('numerics.t_end_years=1', 'phase.enabled=true', 'phase.allow_liquid_hkl=true');
    expect(liquid.warnings[0]).toMatch(/blow-out and supply$/);
  });

  it('says nothing where Mars cools below the threshold', async () => {
    expect((await quick('phase.enabled=true')).warnings).toEqual([]);
  });
});
