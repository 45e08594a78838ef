// npm run validate [-- --check]: recomputes every number of docs/validation.md and writes the page, its record and its figures;
// with --check it writes nothing and fails if a quick number or the page has drifted.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from '../bin/prepare.mjs';

await prepare((message) => console.error(`validate: ${message}`));
const program = fileURLToPath(new URL('../dist/validation/main.js', import.meta.url));
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
