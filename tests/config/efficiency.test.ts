import { basename } from 'node:path';
import { loadRunSpec } from '../../src/config/load.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quickstart, refusal, temporary } from './loading.js';

const load = (...overrides: string[]) =>
  loadRunSpec({ file: quickstart, overrides: ['radiation.qpr_table_path=null', ...overrides] });

const efficiencyOf = async (...overrides: string[]) =>
  ((await load(...overrides)).params as MarsParams).efficiency;

/** Full rectangle of sizes, the same at each temperature. */
const table = (sizes: readonly number[], Q: (s: number) => number, temperatures = [1000, 2000, 4000, 6500]) =>
  `T_K,s_m,Q_pr\n${temperatures.flatMap((T) => sizes.map((s) => `${T},${s},${Q(s)}\n`)).join('')}`;

describe('built-in Q_pr tables', () => {
  it('without a file: the physical table of forsterite, read as a spline', async () => {
    const spec = await load();
    const { efficiency } = spec.params as MarsParams;
    expect(efficiency).toMatchObject({ kind: 'table', reading: 'cubic' });
    expect(spec.inputs.map(({ key, path }) => [key, basename(path)])).toEqual([
      ['radiation.material', 'mie_forsterite.csv'],
    ]);
    expect(spec.warnings).toEqual([]);
    expect((await load('radiation.material=forsterite', 'radiation.qpr_model=physical')).identity).toBe(
      spec.identity,
    );
  });

  it('by material and model', async () => {
    const silica = await load('radiation.material=silica');
    expect(basename(silica.inputs[0]!.path)).toBe('mie_silica.csv');
    const compatible = await load('radiation.qpr_model=compat');
    expect(basename(compatible.inputs[0]!.path)).toBe('mie_forsterite_compat.csv');
    // The original reads its table linearly.
    expect((compatible.params as MarsParams).efficiency).not.toHaveProperty('reading');
    expect(
      await efficiencyOf('radiation.qpr_model=compat', 'radiation.qpr_interpolation=cubic'),
    ).toMatchObject({
      reading: 'cubic',
    });
    expect(await efficiencyOf('radiation.qpr_interpolation=linear')).not.toHaveProperty('reading');
  });

  it('refuses what there is not, and says what there is', async () => {
    const { problems } = await refusal(load('radiation.material=silica', 'radiation.qpr_model=compat'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      key: 'radiation.qpr_model',
      message: expect.stringMatching(
        /"?compat"?: there is no such table of silica.*radiation.material=forsterite/,
      ),
    });
    expect((await refusal(load('radiation.material=ice'))).message).toMatch(/forsterite.*silica/);
  });

  it('a file that is named wins, is read linearly unless asked, and says so', async () => {
    const path = temporary(
      'mine.csv',
      table([1e-7, 2e-7, 4e-7, 8e-7], (s) => 1 - 1e-8 / s),
    );
    const named = (...more: string[]) =>
      loadRunSpec({ file: quickstart, overrides: [`radiation.qpr_table_path=${path}`, ...more] });
    const linear = await named();
    expect((linear.params as MarsParams).efficiency).not.toHaveProperty('reading');
    expect((await named('radiation.qpr_interpolation=linear')).identity).toBe(linear.identity);
    const cubic = await named('radiation.qpr_interpolation=cubic');
    expect((cubic.params as MarsParams).efficiency).toMatchObject({ reading: 'cubic' });
    expect(cubic.identity).not.toBe(linear.identity);
    expect((await named('radiation.material=silica')).warnings).toEqual([
      `radiation.material has no effect: radiation.qpr_table_path = ${path} is read`,
    ]);
  });

  it.each([
    [
      'few nodes',
      table([1e-7, 1e-6, 1e-5], () => 1),
      /3 sizes and 4 temperatures; cubic interpolation needs 4/,
    ],
    [
      'a step that a spline would overshoot',
      table([1e-7, 1e-6, 1.1e-6, 1e-5], (s) => (s > 1e-6 ? 1 : 1e-3)),
      /varies too much between 1e-7 and 0.000001 m at 1000 K.*radiation.qpr_interpolation=linear/,
    ],
  ])('refuses a spline through %s', async (_, text, message) => {
    const path = temporary('mine.csv', text);
    const overrides = [`radiation.qpr_table_path=${path}`, 'radiation.qpr_interpolation=cubic'];
    expect((await refusal(loadRunSpec({ file: quickstart, overrides }))).message).toMatch(message);
  });
});
