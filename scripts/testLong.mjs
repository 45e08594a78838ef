// npm run test:long [-- FILE ...]: tests/long, which take too long for npm test: kills on the production stack, hundreds of random kills.
// MARSDISK_LONG_KILLS=20 for a trial of the latter. At low priority, because they run for half an hour and more.

import { setPriority } from 'node:os';
import { prepareForTests, printCounts, runJest } from './testRun.mjs';

setPriority(19);
await prepareForTests();
printCounts(
  await runJest([
    '--runInBand',
    '--testMatch',
    '<rootDir>/tests/long/**/*.long.ts',
    '--',
    ...process.argv.slice(2),
  ]),
);
