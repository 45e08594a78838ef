/** npm run validate: docs/validation.md, its record and its figures; with --check a comparison instead. */
import { chapters } from './chapters.js';
import { checkPage } from './check.js';
import { writePage } from './write.js';

const known = ['--check'];
const unknown = process.argv.slice(2).filter((argument) => !known.includes(argument));
if (unknown.length > 0) {
  process.stderr.write(`validate: unknown ${unknown.join(' ')}; known: ${known.join(', ')}\n`);
  process.exitCode = 2;
} else if (process.argv.includes('--check')) {
  const lines = await checkPage(chapters);
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.stdout.write(lines.length === 0 ? 'docs/validation.md holds\n' : `${lines.length} findings\n`);
  if (lines.length > 0) process.exitCode = 1;
} else {
  const { rows, wrong } = await writePage(chapters, (line) => process.stderr.write(`${line}\n`));
  for (const line of wrong) process.stderr.write(`${line}\n`);
  process.stdout.write(`docs/validation.md: ${rows} rows, ${wrong.length} outside their tolerance\n`);
  if (wrong.length > 0) process.exitCode = 1;
}
