/** `npm run compare`: the legacy solver against the recorded runs of the original, one table. */
import { hasReference, legacyCases, sharedFolder } from './cases.js';
import { type Compared, compareCase } from './compare.js';

const show = (value: number) => (Number.isNaN(value) ? '-' : value.toExponential(1));

function allowed({ tolerance }: Compared): string {
  const { relative, absolute } = tolerance;
  const parts = [
    ...(relative === undefined ? [] : [show(relative)]),
    ...(absolute === undefined ? [] : [`${show(absolute)} absolute`]),
  ];
  return parts.join(' or ');
}

function line(each: Compared): string {
  const verdict = each.kept ? (each.tolerance.skip === undefined ? 'kept' : 'not compared') : 'EXCEEDED';
  const cells = [
    each.name.slice(0, 4).padEnd(6),
    `${each.table}.${each.column}`.padEnd(48),
    show(each.relative).padStart(9),
    allowed(each).padStart(28),
    `  ${verdict}`,
    each.remark === '' ? '' : `: ${each.remark}`,
  ];
  return cells.join('');
}

async function main(): Promise<void> {
  if (!hasReference()) {
    process.stdout.write(`nothing to compare with: ${sharedFolder}/reference/legacy is not there\n`);
    return;
  }
  const head = ['case'.padEnd(6), 'column'.padEnd(48), 'relative'.padStart(9), 'allowed'.padStart(28)];
  process.stdout.write(`${head.join('')}\n`);
  let wrong = 0;
  for (const each of legacyCases) {
    const compared = await compareCase(each);
    process.stdout.write(`${compared.map(line).join('\n')}\n`);
    wrong += compared.filter(({ kept }) => !kept).length;
  }
  process.stdout.write(`${wrong === 0 ? 'all kept' : `${wrong} columns EXCEEDED`}\n`);
  if (wrong > 0) process.exitCode = 1;
}

await main();
