import fc from 'fast-check';
import { parse } from 'yaml';
import { canonicalJson, differences } from '../../src/config/identity.js';
import { keys } from '../../src/config/keys/index.js';
import { loadRunSpec } from '../../src/config/load.js';
import { elsewhere, samples } from './identitySamples.js';
import { quick, smallest, temporary } from './loading.js';

const identity = async (...overrides: string[]) => (await quick(...overrides)).identity;

describe('canonical JSON', () => {
  it('sorts keys, drops spaces, writes -0 as 0 and the shortest number that reads back', () => {
    expect(canonicalJson({ b: [1e21, -0, 0.1], a: { d: null, c: 'é' }, x: undefined })).toBe(
      '{"a":{"c":"é","d":null},"b":[1e+21,0,0.1]}',
    );
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });

  it('reads back as the same value, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

/** Writes a tree as YAML in a style drawn at random: order of keys, indentation, flow or block, comments, spelling of numbers. */
function written(value: unknown, draw: () => number, indent: number): string {
  const pad = ' '.repeat(indent);
  if (typeof value === 'number') {
    const forms = [
      String(value),
      value.toExponential(),
      `${value
        .toExponential()
        .replace('e', '0e')
        .replace(/^(-?\d)0e/, '$1.0e')}`,
    ];
    if (Number.isInteger(value)) forms.push(`${value}.0`, `${value}.`);
    return forms[Math.floor(draw() * forms.length)]!;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map((entry) => ({ entry, rank: draw() }));
  entries.sort((a, b) => a.rank - b.rank);
  if (draw() < 0.3 && indent > 0) {
    return `{${entries.map(({ entry: [key, inner] }) => `${key}:  ${flow(inner, draw)}`).join(' , ')}}`;
  }
  const deeper = indent + 1 + Math.floor(draw() * 4);
  const lines = entries.map(({ entry: [key, inner] }) => {
    const comment = draw() < 0.3 ? `\n${pad}# a remark: ${key}\n` : '';
    const text = written(inner, draw, deeper);
    return `${comment}${pad}${key}:${text.startsWith('{') || typeof inner !== 'object' ? ` ${text}` : `\n${text}`}`;
  });
  return lines.join('\n');
}

function flow(value: unknown, draw: () => number): string {
  if (typeof value !== 'object' || value === null) return written(value, draw, 1);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${flow(inner, draw)}`)
    .join(', ')}}`;
}

describe('identity', () => {
  it('does not see key order, white space, comments, style or the spelling of numbers', async () => {
    const tree: unknown = parse(smallest);
    const reference = (await loadRunSpec({ file: temporary('a.yml', smallest) })).identity;
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (draws) => {
          const text = written(tree, () => draws.next().value as number, 0);
          const spec = await loadRunSpec({ file: temporary('b.yml', `${text}\n`) });
          expect(spec.identity).toBe(reference);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the same time in another unit, and the same value from another layer, for the same', async () => {
    const base = await identity('numerics.t_end_years=2', 'numerics.rtol=1e-7');
    expect(await identity('numerics.t_end_years=730.5 d', 'numerics.rtol=1.0e-7')).toBe(base);
    const fromEnvironment = await loadRunSpec({
      file: 'configs/quickstart.yml',
      overrides: ['radiation.Q_pr=1', 'numerics.t_end_years=2 yr'],
      environment: { MARSDISK__numerics__rtol: '1e-07' },
    });
    expect(fromEnvironment.identity).toBe(base);
  });
});

describe('every value that changes a row changes the identity', () => {
  it('has a sample for every key that becomes a parameter', () => {
    const wanted = keys.filter(
      (key) => key.status === 'active' && key.becomes.startsWith('params') && !elsewhere.has(key.name),
    );
    expect(wanted.map((key) => key.name).filter((name) => !(name in samples))).toEqual([]);
  });

  // The ring in metres replaces disk.geometry, which quickstart has.
  const metres = ['disk=null', 'geometry.r_in=4e6', 'geometry.r_out=8e6'];

  it.each(Object.entries(samples))('%s', async (name, { under = [], values, decides }) => {
    const setting = name.startsWith('geometry.') ? metres : under;
    const [a, b] = [
      await quick(...setting, `${name}=${values[0]}`),
      await quick(...setting, `${name}=${values[1]}`),
    ];
    expect(a.identity).not.toBe(b.identity);
    const different = differences(a.configuration, b.configuration).map(({ key }) => key);
    expect(different.filter((key) => key !== decides)).toEqual([name]);
    expect(await identity(...setting, `${name}=${values[0]}`)).toBe(a.identity);
  });

  it('down to the last bit of a number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'material.rho',
          'sizes.s_min',
          'dynamics.i0',
          'numerics.rtol',
          'optical_depth.tau0_target',
        ),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        async (name, share) => {
          const base =
            { 'material.rho': 3900, 'sizes.s_min': 1e-6, 'numerics.rtol': 1e-3 }[name as string] ?? 1;
          const value = name === 'material.rho' ? 1000 + base * share : base * share;
          const next = value * (1 + Number.EPSILON);
          fc.pre(next !== value);
          expect(await identity(`${name}=${value}`)).not.toBe(await identity(`${name}=${next}`));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('what changes no row changes no identity', () => {
  const harmless = [
    'io.outdir=/tmp/elsewhere',
    'io.figures=false',
    'numerics.checkpoint.interval_years=30 d',
    'numerics.checkpoint.enabled=true',
    'numerics.checkpoint.path=kept/here',
    'numerics.checkpoint.format=pickle',
    'numerics.checkpoint.format=json',
    'numerics.checkpoint.keep_last_n=0',
    'numerics.resume.enabled=true',
    'numerics.resume.from_path=a.bin',
    'execution.segment_max_steps=7',
    'execution.segment_max_compute=1',
    'execution.memory_limit=1 GiB',
    'numerics.dt_init=20',
    'io.streaming.enable=false',
    'io.streaming.memory_limit_gb=0.5',
    'io.streaming.step_flush_interval=10',
    'io.streaming.merge_at_end=false',
    'io.streaming.cleanup_chunks=false',
    'io.archive={enabled: true, dir: /tmp/archive}',
    'sinks.sub_params.valid_K=[1500, 2500]',
    'radiation.mars_temperature_driver.autogenerate.enabled=true',
  ];

  it.each(harmless)('%s', async (override) => {
    const [base, other] = [await quick(), await quick(override)];
    expect(other.identity).toBe(base.identity);
    expect(differences(base.configuration, other.configuration)).toEqual([]);
  });
});

it('lists differences with both values, and none between spellings of one time', async () => {
  const [a, b] = [
    await quick('numerics.t_end_years=1'),
    await quick('numerics.t_end_years=365.25 d', 'sizes.n_bins=80'),
  ];
  expect(differences(a.configuration, b.configuration)).toEqual([
    { key: 'sizes.n_bins', before: 40, after: 80 },
  ]);
});
