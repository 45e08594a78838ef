import { readFileSync } from 'node:fs';
import { environmentOf } from '../../src/activities/hooks/environment.js';
import { exitCode } from '../../src/cli/exit.js';
import { marks } from '../../src/report/sweep/grid.js';
import { caseEnds } from '../../src/store/batch/caseStatus.js';

const text = readFileSync('docs/sweeps.md', 'utf8');

describe('docs/sweeps.md', () => {
  it('names the variables that a hook finds, all of them', () => {
    const request = {
      ...{ batch: '/b', tag: 't', state: 'complete', reason: null },
      hook: { command: '', timeout: 1, attempts: 1, strict: false },
      case: { title: 'a', values: { T: 1, 'supply.injection.q': 2 } },
    };
    const named = [...text.matchAll(/`(MARSDISK_\w+)`/g)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(environmentOf(request))));
  });

  it('gives exit codes of the program', () => {
    const codes = [...text.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
    expect(codes).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Object.values(exitCode)).toEqual(expect.arrayContaining(codes));
  });

  it('explains the marks of the grid, and how cases end', () => {
    for (const [state, { mark }] of Object.entries(marks)) expect(text).toContain(`\`${mark}\` ${state}`);
    for (const end of caseEnds) expect(text).toMatch(new RegExp(`^Every case.*[\\s\\S]*\`${end}\``, 'm'));
  });
});
