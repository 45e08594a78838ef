// npm run study:sizes -- FILE [BINS ...]: builds, then studies how results depend on the number of size bins (docs/size-resolution.md).

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from '../bin/prepare.mjs';

await prepare((message) => console.error(`study: ${message}`));
const study = fileURLToPath(new URL('../dist/bench/sizes/study.js', import.meta.url));
const { status } = spawnSync(process.execPath, [study, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
