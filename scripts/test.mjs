// npm test: sets up what is missing, runs all tests (or those that the arguments name, as for jest), prints the counts last.

import { prepareForTests, printCounts, runJest } from './testRun.mjs';

await prepareForTests();
printCounts(await runJest(process.argv.slice(2)));
