import {
  type CheckedBatch,
  type CheckedCase,
  countByStatus,
  isWhole,
} from '../store/completeness/finding.js';

/** Cases that the terminal lists; the rest stands in the files. */
const mostShown = 100;

/** What a check has found: a line for each case that is not whole, with the reasons below it, then the sums. */
export function checkText(checked: CheckedBatch): string {
  const open = checked.cases.filter((one) => !isWhole(one));
  const shown = open.slice(0, mostShown);
  const width = Math.max(0, ...shown.map(({ title }) => title.length));
  const lines = [
    ...shown.flatMap((one) => caseLines(one, width)),
    ...(open.length > shown.length ? [`… and ${open.length - shown.length} more`] : []),
    ...checked.unexpected.map((name) => `${name}: a folder that no case of this batch accounts for`),
    ...checked.duplicates.map((title) => `${title}: stands in the list of cases more than once`),
    ...checked.problems.map(({ file, reason }) => `${file} ${reason}`),
    sums(checked.cases),
  ];
  return `${lines.join('\n')}\n`;
}

function caseLines({ title, status, why }: CheckedCase, width: number): string[] {
  const [first = '', ...more] = why;
  const indent = ' '.repeat(width + 2 + statusWidth + 2);
  return [
    `${title.padEnd(width)}  ${status.padEnd(statusWidth)}  ${first}`.trimEnd(),
    ...more.map((line) => `${indent}${line}`),
  ];
}

const statusWidth = 'archived_only'.length;

function sums(cases: readonly CheckedCase[]): string {
  const counts = Object.entries(countByStatus(cases)).map(([status, count]) => `${count} ${status}`);
  return `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}: ${counts.join(', ') || 'none'}`;
}
