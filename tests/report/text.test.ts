import { currentDetails } from '../../src/report/currentDetails.js';
import { formatBytes, formatCount, formatNumber, formatTime } from '../../src/report/format.js';
import { plainProgressLine, progressLine, type RunProgress } from '../../src/report/progressLine.js';
import { summaryText } from '../../src/report/summaryText.js';
import type { Status } from '../../src/sim/model.js';

const year = 3.15576e7;

const status: Status = {
  time: 3.15 * year,
  end: 10 * year,
  steps: 1529,
  done: false,
  stopReason: null,
  figures: [
    { name: 'T_M', unit: 'K', value: 2404.1 },
    { name: 'Sigma_surf', unit: 'kg m-2', value: 0.232848 },
    { name: 'tau', unit: '', value: 13.8234 },
    { name: 'tau_bound', unit: '', value: null },
    { name: 'M_loss', unit: 'M_Mars', value: 2.58943e-7 },
    { name: 'mass_error', unit: '', value: 5.02e-15 },
  ],
  notes: ['tau passed 1 | early'],
};
const conserved = [{ name: 'mass', error: 6.93e-15, limit: 1e-12 }];
const progress: RunProgress = { ...status, segment: 3, conserved };
const pace = { stepsPerSecond: 1234.5, secondsLeft: 75 };

describe('numbers', () => {
  test.each([
    [0, '0'],
    [1, '1'],
    [-2.5, '-2.5'],
    [100, '100'],
    [13.8234, '13.82'],
    [99999, '1e5'],
    [12345, '12350'],
    [0.001234567, '0.001235'],
    [0.00012, '1.2e-4'],
    [2.58943e-7, '2.589e-7'],
    [9.9999999, '10'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
    [null, '–'],
  ])('%p reads %p', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [1e-6, '1e-6 s'],
    [59.94, '59.9 s'],
    [59.99, '1 min'],
    [90, '1.5 min'],
    [3600, '1 h'],
    [86399.9, '1 d'],
    [364 * 86400, '364 d'],
    [year, '1 yr'],
    [10 * year, '10 yr'],
    [5e6 * year, '5e6 yr'],
    [-120, '-2 min'],
    [null, '–'],
  ])('%p s reads %p', (seconds, text) => {
    expect(formatTime(seconds)).toBe(text);
  });

  test('counts and sizes', () => {
    expect([0, 999, 1000, 15778800].map(formatCount)).toEqual(['0', '999', '1,000', '15,778,800']);
    expect([0, 999, 999.6, 46200, 2 ** 31].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '46.2 kB',
      '2.15 GB',
    ]);
  });
});

describe('the progress line', () => {
  test('holds everything when there is room', () => {
    expect(progressLine(progress, pace, 240)).toBe(
      '█████░░░░░░░░░░░ 31.5 % · 3.15 yr of 10 yr · segment 3 · 1230 steps/s · T_M 2404 K · Sigma 0.2328 kg/m2 · tau 13.82 · ' +
        'tau_bound – · M_loss 2.5894e-7 M_Mars · mass error 5e-15 · ETA 1.3 min',
    );
  });

  test('never is wider than the terminal, and keeps share, time and what is left longest', () => {
    for (let columns = 1; columns < 240; columns += 1) {
      expect(progressLine(progress, pace, columns).length).toBeLessThanOrEqual(columns);
    }
    expect(progressLine(progress, pace, 80)).toMatch(
      /31\.5 % · 3\.15 yr of 10 yr · segment 3 · .*ETA 1\.3 min/,
    );
    expect(progressLine(progress, pace, 45)).toBe('31.5 % · 3.15 yr of 10 yr · ETA 1.3 min');
  });

  test('the plain variant is one whole line without a bar', () => {
    expect(plainProgressLine(progress, { stepsPerSecond: null, secondsLeft: null })).toBe(
      '31.5 % · 3.15 yr of 10 yr · segment 3 · T_M 2404 K · Sigma 0.2328 kg/m2 · tau 13.82 · tau_bound – · ' +
        'M_loss 2.5894e-7 M_Mars · mass error 5e-15',
    );
  });

  test('knows a run that has not begun, one that is over, and one that is merging', () => {
    const unknown = { ...progress, time: 0, end: null, figures: [] };
    expect(plainProgressLine(unknown, pace)).toBe(
      '… · 0 s · segment 3 · 1230 steps/s · mass error 6.9e-15 · ETA 1.3 min',
    );
    expect(progressLine({ ...progress, time: 9.9999 * year }, pace, 40)).toMatch(/^99\.9 %/);
    expect(progressLine({ ...progress, time: 10 * year, phase: 'merging' }, pace, 240)).toMatch(
      /^█{16} 100 % · .* · merging/,
    );
  });
});

describe('the details on the server page', () => {
  const place = { segment: 2, fromTime: 2.15 * year, toTime: 3.15 * year };

  test('are a table and the remarks', () => {
    expect(currentDetails(status, place, conserved)).toBe(`| | |
|---|---|
| Progress | 31.5 % |
| Model time | 3.15 yr of 10 yr |
| Segment | 2: 2.15 yr → 3.15 yr |
| Steps | 1,529 |
| Mars temperature | 2404 K |
| Surface density | 0.2328 kg/m2 |
| Optical depth, all grains | 13.82 |
| Optical depth, bound grains | – |
| Mass lost, total | 2.5894e-7 M_Mars |
| Largest error of mass | 6.9e-15 (limit 1e-12) |

- tau passed 1 | early
`);
  });

  test('a bar or a line break in a name does not break the table', () => {
    const odd = { ...status, notes: [], figures: [{ name: 'a|b\nc', unit: '', value: 1 }] };
    expect(currentDetails(odd, place)).toContain('| a\\|b c | 1 |');
  });

  test('say why a run is complete', () => {
    expect(currentDetails({ ...status, done: true, stopReason: 't_end' }, place)).toContain(
      'complete (t_end)',
    );
  });
});

describe('the report at the end', () => {
  const summary = {
    title: 'quickstart',
    identity: '3f9a2c7be01d44aa9921',
    model: 'mars-disk',
    version: '0.1.0',
    status: { ...status, time: 10 * year, done: true, stopReason: 't_end', notes: [] },
    conserved,
    segments: 12,
    restarts: 1,
    engineChanged: false,
    warnings: [],
    M_loss_rp_mars: 7.605226e-7,
    M_loss_from_sublimation: 5.9744e-8,
    mass_supplied: 8.19565e-7,
  };
  const files = [
    { path: 'out/quickstart/series/run.parquet', rows: 540, bytes: 123456 },
    { path: 'out/quickstart/summary.json' },
  ];

  test('is aligned and complete', () => {
    expect(summaryText(summary, files)).toBe(`quickstart: mars-disk 0.1.0, identity 3f9a2c7be01d
  Model time                   10 yr (planned end)
  Steps                        1,529 in 12 segments, 1 restarted
  Mars temperature             2404 K
  Surface density              0.2328 kg/m2
  Optical depth, all grains    13.82
  Optical depth, bound grains  –
  Mass lost, total             2.5894e-7 M_Mars
    blown out                  7.6052e-7 M_Mars
    sublimed                   5.9744e-8 M_Mars
  Mass supplied                8.1957e-7 M_Mars
  Largest error of mass        6.9e-15 (within 1e-12)

Files
  out/quickstart/series/run.parquet  540 rows, 123 kB
  out/quickstart/summary.json
`);
  });

  test('parts of the loss stand below it, whatever else is watched, and name every sink that took something', () => {
    const figures = [...status.figures, { name: 'covered_fraction', unit: '', value: 7.8e-10 }];
    const text = summaryText(
      {
        ...{ ...summary, segments: 1, restarts: 0, status: { ...summary.status, figures } },
        ...{ M_loss_gas_drag: 1.5e-8, M_loss_hydro_escape: 0 },
      },
      [],
    );
    expect(text).toMatch(
      /Mass lost, total.*\n +blown out.*\n +sublimed.*\n +dragged away by gas +1\.5e-8 M_Mars\n +Time covered/,
    );
    expect(text).not.toContain('escaped');
    expect(text).toMatch(/1,529 in 1 segment\n/);
  });

  test('shows remarks, and an error above its limit', () => {
    const text = summaryText(
      {
        ...summary,
        warnings: ['numerics.dt_init is used by the legacy solver only'],
        status: { ...summary.status, stopReason: 'something_new', notes: ['tau passed 1'] },
        conserved: [{ name: 'mass', error: 2e-12, limit: 1e-12 }],
      },
      [],
    );
    expect(text).toContain('10 yr (something_new)');
    expect(text).toContain('2e-12 (ABOVE 1e-12)');
    expect(text).toContain(
      'Remarks\n  ! numerics.dt_init is used by the legacy solver only\n  ! tau passed 1\n',
    );
    expect(text).not.toContain('Files');
  });
});
