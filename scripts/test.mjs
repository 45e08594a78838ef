// npm test [-- --with-checks] [FILE ...]: sets up what is missing, runs all tests (or those that the arguments name, as for jest), prints the
// counts last. --with-checks adds types, lint and format, each counted as one test.

import { runChecks } from './checks.mjs';
import { prepareForTests, printCounts, runJest } from './testRun.mjs';

const withChecks = process.argv.includes('--with-checks');
await prepareForTests();
const checks = withChecks ? await runChecks() : { passed: 0, failed: 0 };
const tests = await runJest(process.argv.slice(2).filter((argument) => argument !== '--with-checks'));
printCounts({
  passed: checks.passed + tests.passed,
  failed: checks.failed + tests.failed,
  skipped: tests.skipped,
});
