import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const bundle = readFileSync(fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url)), 'utf8');

/** Modules of this project in the bundle, from the names that webpack gives them. */
function ownModules(code: string): string[] {
  const names = [...code.matchAll(/"\.\/((?:src|temporal\.config|bin)[^"\n]*?)"/g)].map((match) => match[1]!);
  return [...new Set(names)].sort();
}

describe('workflow bundle', () => {
  it('holds orchestration only: no model, store, activity or configuration code', () => {
    const modules = ownModules(bundle);
    expect(modules.length).toBeGreaterThan(3);
    expect(modules.filter((name) => !name.startsWith('src/workflows/'))).toEqual([]);
  });

  it('has no clock of its own, no randomness and no file access in our modules', () => {
    for (const name of ownModules(bundle)) {
      const source = readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
      expect(source).not.toMatch(/Date\.now|Math\.random|node:|process\./);
    }
  });
});
