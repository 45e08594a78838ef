import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';
import { sha256 } from '../../src/store/durable.js';

const root = path.resolve(import.meta.dirname, '../..');

/** What the store needs of src/sim beside types. */
const ofTheModel = ['src/sim/onceFor.ts'];

/** The store as plain JavaScript, for test programs that need a process of their own. */
export interface CompiledStore {
  run(script: string, args: readonly string[]): Promise<{ signal: string | null; output: string }>;
  remove(): void;
}

/** Compiles src/store and the named test files into a folder where their packages are found. */
export function compileStore(testFiles: readonly string[]): CompiledStore {
  const cache = path.join(root, 'node_modules', '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, 'store-'));
  const names = fs.readdirSync(path.join(root, 'src/store')).filter((name) => name.endsWith('.ts'));
  const files = [...names.map((name) => `src/store/${name}`), ...ofTheModel];
  for (const file of [...files, ...testFiles.map((name) => `tests/store/${name}`)]) {
    const { code } = transformFileSync(path.join(root, file), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const target = path.join(folder, file.replace(/ts$/, 'js'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, code);
  }
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  return {
    async run(script, args) {
      const file = path.join(folder, `${sha256(script)}.js`);
      // Several may run at once: none may see another's half-written script.
      if (!fs.existsSync(file)) fs.writeFileSync(file, script);
      const child = spawn(process.execPath, ['--expose-gc', file, ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      let output = '';
      child.stdout.on('data', (data) => {
        output += data;
      });
      const [, signal] = await once(child, 'close');
      return { signal, output };
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
