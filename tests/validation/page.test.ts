/** docs/validation.md says what the code computes: CI recomputes its quick chapters, and the comparison finds what is wrong. */
import { spawnSync } from 'node:child_process';
import { driftOf, recordOf } from '../../validation/record.js';
import { near } from '../../validation/row.js';
import type { Section } from '../../validation/section.js';

test('npm run validate -- --check: every quick number is within its tolerance and as printed', () => {
  const command = ['scripts/validate.mjs', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(stderr.replace(/^validate: .*\n/gm, '')).toBe('');
  expect(stdout).toBe('docs/validation.md holds\n');
  expect(status).toBe(0);
});

describe('what the comparison finds', () => {
  const details = { source: 'closed form', sure: 'A' } as const;
  const section = (got: number, what = 'one'): Section => ({
    id: 'chapter',
    title: 'Chapter',
    text: '',
    rows: [near('one', what, 1, got, 0.1, details)],
    figures: [],
  });
  const [recorded] = recordOf([section(1.01)]);

  test.each<[string, Section, RegExp | null]>([
    ['nothing', section(1.01), null],
    ['rounding', section(1.01 * (1 + 1e-12)), null],
    [
      'a number that moved inside its tolerance',
      section(1.02),
      /chapter: one has drifted: 1.02 , on the page 1.01/,
    ],
    ['a number outside its tolerance', section(1.2), /chapter: one is 1.2 , expected 1 within 0.1 relative/],
    ['not a number', section(Number.NaN), /chapter: one is NaN/],
    ['another text', section(1.01, 'two'), /what is said about it has changed/],
    ['a row too few', { ...section(1.01), rows: [] }, /one is on the page and is no longer computed/],
  ])('%s', (_, now, finding) => {
    const lines = driftOf(now, recorded).join('\n');
    if (finding === null) expect(lines).toBe('');
    else expect(lines).toMatch(finding);
  });

  test('a row that the page does not have, a chapter that it does not have', () => {
    expect(driftOf(section(1), { ...recorded, rows: [] }).join()).toMatch(/one is not on the page/);
    expect(driftOf(section(1), undefined).join()).toMatch(/does not have this chapter/);
  });
});
