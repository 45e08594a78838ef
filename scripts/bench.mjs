// npm run bench [NAME ...]: builds, then runs the benchmarks one after the other, each printing one table with ratios.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from '../bin/prepare.mjs';

await prepare((message) => console.error(`bench: ${message}`));
const compiled = fileURLToPath(new URL('../dist/bench/', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(compiled)
  .filter((name) => name.endsWith('.js'))
  .map((name) => name.slice(0, -3));
for (const name of names.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n# ${name}\n`);
  const { status } = spawnSync(process.execPath, [`${compiled}${name}.js`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
