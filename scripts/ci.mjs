// CI: types, lint, format, then all tests. Each check counts as one test in the closing line.

import { join } from 'node:path';
import { projectRoot } from '../bin/current.mjs';
import { prepareForTests, printCounts, run, runJest } from './testRun.mjs';

const modules = join(projectRoot, 'node_modules');
const checks = [
  { name: 'type check', tool: [join(modules, 'typescript/bin/tsc'), '-p', 'tsconfig.all.json'] },
  { name: 'lint', tool: [join(modules, 'eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'format', tool: [join(modules, '@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'] },
];

await prepareForTests();
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const { name, tool } of checks) {
  const code = await run(process.execPath, tool);
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'}`);
  counts[code === 0 ? 'passed' : 'failed'] += 1;
}
const tests = await runJest(process.argv.slice(2));
printCounts({
  passed: counts.passed + tests.passed,
  failed: counts.failed + tests.failed,
  skipped: tests.skipped,
});
