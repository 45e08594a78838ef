// npm run compare: the legacy solver against the recorded runs of the original (../shared/reference/legacy), one table.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from '../bin/prepare.mjs';

await prepare((message) => console.error(`compare: ${message}`));
const program = fileURLToPath(new URL('../dist/validation/legacy/main.js', import.meta.url));
const { status } = spawnSync(process.execPath, [program], { stdio: 'inherit' });
process.exitCode = status ?? 1;
