import { resolve } from 'node:path';
import { jest } from '@jest/globals';
import { configCommand } from '../../src/cli/config.js';
import { keys } from '../../src/config/keys/index.js';
import { loadRunSpec } from '../../src/config/load.js';
import { jsonSchema } from '../../src/config/schema.js';
import { sweepJsonSchema } from '../../src/config/sweep/schema.js';
import { quickstart, refusal, temporary } from './loading.js';

/** What `marsdisk config ARGS` prints to standard output. */
async function printed(...args: string[]): Promise<string> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await configCommand().parseAsync(args, { from: 'user' });
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('config check', () => {
  it('prints title, identity and warnings', async () => {
    const { identity } = await loadRunSpec({ file: quickstart });
    expect(await printed('check', quickstart)).toBe(`quickstart: valid, identity ${identity}, no warnings\n`);
    expect(
      await printed('check', '--config', quickstart, 'numerics.dt_init=20', '--override', 'sizes.n_bins=41'),
    ).toMatch(
      /^quickstart: valid, identity [0-9a-f]{64}, 1 warning\nwarning: numerics\.dt_init = 20 has no effect: .*\n$/,
    );
    expect(JSON.parse(await printed('check', quickstart, '--json'))).toMatchObject({
      title: 'quickstart',
      identity,
      warnings: [],
    });
  });

  it('checks every case of a sweep file', async () => {
    const sweep = temporary('s.yml', `base: ${resolve(quickstart)}\naxes: {T: [4000, 3000, 4e3]}\n`);
    expect(await printed('check', sweep, 'numerics.rtol=1e-5')).toMatch(
      /^s: valid, 2 cases, identity [0-9a-f]{64}\nT4000 is asked for 2 times; it is computed once\n$/,
    );
    expect(JSON.parse(await printed('check', sweep, '--json'))).toMatchObject({ tag: 's', cases: 2 });
    const { message } = await refusal(
      configCommand().parseAsync(['check', sweep, 'sizes.n_bins=0'], { from: 'user' }),
    );
    expect(message).toContain('sizes.n_bins = 0: must be a whole number >= 2');
  });

  it('ends as a ConfigurationError, which the program turns into exit code 2', async () => {
    const { message } = await refusal(
      configCommand().parseAsync(['check', quickstart, 'sizes.n_bins=0'], { from: 'user' }),
    );
    expect(message).toContain('sizes.n_bins = 0: must be a whole number >= 2 (command line: sizes.n_bins=0)');
  });
});

describe('config show', () => {
  it('prints each value with unit and origin, and leads to the same run when it is run', async () => {
    const overrides = ['numerics.rtol=1e-7', 'io.output_every=[1 d, 2 d]', 'sinks.sub_params.P_gas=1e-3'];
    const text = await printed('show', quickstart, ...overrides);
    expect(text).toContain('  rtol: 1e-7 # command line\n');
    expect(text).toContain('  s_min: 1e-7 # m, file\n');
    expect(text).toContain('  max_steps: 10000000 # default\n');
    const again = await loadRunSpec({ file: temporary('again.yml', text) });
    const spec = await loadRunSpec({ file: quickstart, overrides });
    expect(again.identity).toBe(spec.identity);
    expect(again.warnings).toEqual([]);
  });

  it('shows every active key that has a default', async () => {
    const shown = JSON.parse(await printed('show', quickstart, '--json'));
    for (const key of keys.filter((one) => one.status === 'active' && one.default !== undefined)) {
      expect(shown.origins).toHaveProperty([key.name]);
    }
    expect(shown.configuration.sizes).toEqual({ s_min: 1e-7, s_max: 3, n_bins: 40 });
    expect(shown.inputs).toHaveLength(1);
  });
});

it('config schema prints the JSON Schema', async () => {
  expect(JSON.parse(await printed('schema'))).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
  expect(JSON.parse(await printed('schema', '--sweep'))).toEqual(
    JSON.parse(JSON.stringify(sweepJsonSchema())),
  );
});
