import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { schemaText } from '../../../src/config/documentation.js';
import { sweepReferencePage } from '../../../src/config/sweep/documentation.js';
import { loadSweep } from '../../../src/config/sweep/load.js';
import { sweepJsonSchema } from '../../../src/config/sweep/schema.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { temporary } from '../loading.js';
import { base } from './sweeping.js';

describe('generated files are current (`npm run docs` renews them)', () => {
  it('docs/reference/sweep-file.md', () => {
    expect(fs.readFileSync('docs/reference/sweep-file.md', 'utf8')).toBe(sweepReferencePage());
  });

  it('schema/marsdisk-sweep.schema.json', () => {
    expect(fs.readFileSync('schema/marsdisk-sweep.schema.json', 'utf8')).toBe(schemaText(sweepJsonSchema()));
  });
});

it('the example of the reference page is a sweep', async () => {
  const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(sweepReferencePage())!;
  const file = temporary('sweep.yml', yaml!.replace('../quickstart.yml', base));
  const { cases } = await loadSweep({ file });
  expect(cases).toHaveLength(3 * 5 * 2 - 5 + 1);
  expect(new Ajv2020({ strict: false }).validate(sweepJsonSchema(), parse(yaml!))).toBe(true);
});

it('the schema for editors refuses unknown keys and accepts every key', () => {
  const validate = new Ajv2020({ strict: false }).compile(sweepJsonSchema());
  expect(
    validate({ base: 'a.yml', axes: { T: { logspace: [1, 2, 3] } }, hooks: { after_case: 'x' }, zip: true }),
  ).toBe(true);
  expect(validate({ axis: {} })).toBe(false);
  expect(validate({ axes: { T: 3 } })).toBe(false);
});

describe('configs/sweeps/temp_supply.yml', () => {
  const file = 'configs/sweeps/temp_supply.yml';

  it('has the 36 cases of the original, in its order and with its names', async () => {
    const sweep = await loadSweep({ file });
    const expected = [5000, 4000, 3000].flatMap((T) =>
      ['1p0', '0p5'].flatMap((eps) =>
        ['1p0', '0p5'].flatMap((tau) =>
          ['0p05', '0p01', '0p005'].map((i0) => `T${T}_eps${eps}_tau${tau}_i0${i0}`),
        ),
      ),
    );
    expect(sweep.cases.map(({ title }) => title)).toEqual(expected);
    expect(new Set(sweep.cases.map(({ spec }) => spec.identity)).size).toBe(36);
    expect(sweep).toMatchObject({ tag: 'temp_supply', root: path.resolve('out'), duplicates: [] });
    expect(fs.readFileSync(file, 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../../schema/marsdisk-sweep.schema.json',
    );
    expect(
      new Ajv2020({ strict: false }).validate(sweepJsonSchema(), parse(fs.readFileSync(file, 'utf8'))),
    ).toBe(true);
  });

  it('lets every case run for its ten years: no stop by optical depth, supply on, and each axis in its parameter', async () => {
    for (const { values, spec } of (await loadSweep({ file })).cases) {
      const params = spec.params as MarsParams;
      expect(params.stops).toMatchObject({ tau: null, end: 10 * 31557600 });
      expect(params.temperature).toMatchObject({ kind: 'slab', start: values.T });
      expect(params.supply?.rate).toMatchObject({ kind: 'orbit', mu: 1, epsilon: values.eps });
      expect(params).toMatchObject({ tau0: values.tau, inclination: values.i0 });
    }
  });
});
