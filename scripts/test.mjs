// npm test [-- --with-checks] [FILE ...]: sets up what is missing, runs all tests (or those that the arguments name, as for jest), prints the
// counts last. --with-checks adds types, lint and format, each counted as one test; --quick leaves out the suites of slowSuites.mjs.

import { runChecks } from './checks.mjs';
import { slowSuites } from './slowSuites.mjs';
import { prepareForTests, printCounts, runJest } from './testRun.mjs';

const own = ['--with-checks', '--quick'];
const [withChecks, quick] = own.map((argument) => process.argv.includes(argument));
await prepareForTests();
const checks = withChecks ? await runChecks() : { passed: 0, failed: 0 };
if (quick) console.log(`${slowSuites.length} slow suites are left to npm test: ${slowSuites.join(', ')}`);
const tests = await runJest([
  ...process.argv.slice(2).filter((argument) => !own.includes(argument)),
  ...(quick ? slowSuites.flatMap((suite) => ['--testPathIgnorePatterns', suite]) : []),
]);
printCounts({
  passed: checks.passed + tests.passed,
  failed: checks.failed + tests.failed,
  skipped: tests.skipped,
});
