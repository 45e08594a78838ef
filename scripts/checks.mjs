// Types, lint and format: what must hold beside the tests.

import { join } from 'node:path';
import { projectRoot } from '../bin/current.mjs';
import { run } from './testRun.mjs';

const modules = join(projectRoot, 'node_modules');
const checks = [
  { name: 'type check', tool: [join(modules, 'typescript/bin/tsc'), '-p', 'tsconfig.all.json'] },
  { name: 'lint', tool: [join(modules, 'eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'format', tool: [join(modules, '@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'] },
];

/**
 * Runs every check, also after one has failed; each counts as one test.
 *
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  for (const { name, tool } of checks) {
    const code = await run(process.execPath, tool);
    console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'}`);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}
