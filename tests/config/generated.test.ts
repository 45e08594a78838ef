import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { columnsPage } from '../../src/config/columnsPage.js';
import { referencePage, schemaText } from '../../src/config/documentation.js';
import { keys, sections } from '../../src/config/keys/index.js';
import { boundsOf } from '../../src/config/keys/types.js';
import { loadRunSpec } from '../../src/config/load.js';
import { configurationSchema, jsonSchema } from '../../src/config/schema.js';
import { nested } from '../../src/config/source/layers.js';

describe('generated files are current (`npm run docs` renews them)', () => {
  it('docs/reference/configuration.md', () => {
    expect(readFileSync('docs/reference/configuration.md', 'utf8')).toBe(referencePage());
  });

  it('docs/reference/columns.md', () => {
    expect(readFileSync('docs/reference/columns.md', 'utf8')).toBe(columnsPage());
  });

  it('schema/marsdisk.schema.json', () => {
    expect(readFileSync('schema/marsdisk.schema.json', 'utf8')).toBe(schemaText(jsonSchema()));
  });
});

describe('keys', () => {
  it('have types that accept their own defaults', () => {
    const given = keys.filter((key) => key.default != null);
    expect(
      configurationSchema.safeParse(nested(given.map(({ name, default: value }) => ({ name, value })))).error,
    ).toBeUndefined();
  });

  it('have types that accept the values they are quiet about, and values planned for later', () => {
    for (const key of keys) {
      for (const value of [...key.quiet, ...key.notYet]) {
        expect([
          key.name,
          key.type.safeParse(value ?? undefined).success || key.type.safeParse(value).success,
        ]).toEqual([key.name, true]);
      }
    }
  });

  it('describe themselves in words', () => {
    for (const key of keys) {
      const words = boundsOf(key.type);
      expect(`${key.name}: ${words}`).not.toMatch(/undefined|: $/);
      expect([key.name, words === 'anything']).toEqual([key.name, key.type instanceof z.ZodUnknown]);
    }
  });

  it('wait only for keys that exist', () => {
    const names = new Set(keys.map((key) => key.name));
    for (const key of keys) if (key.gate) expect(names).toContain(key.gate);
    for (const section of sections) expect(names).not.toContain(section);
  });

  const schema = jsonSchema();
  it('all stand in the JSON Schema', () => {
    for (const key of keys) {
      let at = schema as {
        properties?: Record<string, unknown>;
        anyOf?: { properties?: Record<string, unknown> }[];
      };
      for (const part of key.name.split('.')) {
        const properties = at.properties ?? at.anyOf?.find((one) => one.properties)?.properties;
        at = properties?.[part] as typeof at;
        expect([key.name, at === undefined]).toEqual([key.name, false]);
      }
    }
  });
});

describe('ready-made configurations', () => {
  const files = readdirSync('configs').filter((name) => name.endsWith('.yml'));

  it.each(files)('configs/%s loads without a warning and points editors at the schema', async (name) => {
    const spec = await loadRunSpec({ file: `configs/${name}` });
    expect(spec.warnings).toEqual([]);
    expect(spec.outdir.endsWith(`out/${spec.title}`)).toBe(true);
    const [first] = readFileSync(`configs/${name}`, 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../schema/marsdisk.schema.json');
  });
});
