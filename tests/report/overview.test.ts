import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  drawOverview,
  HistoryRows,
  type OverviewData,
  type OverviewRun,
  spanWith,
  thinnedRows,
} from '../../src/report/overview.js';
import { boxesOf, overlap } from './boxes.js';
import { decodePng, differingShare } from './png.js';
import { syntheticRun } from './syntheticRun.js';

const golden = join(dirname(fileURLToPath(import.meta.url)), 'golden');
const goldenPng = join(golden, 'overview.png');
const goldenSvg = join(golden, 'overview.svg');

/** What must never reach a picture, with some of its surroundings. */
const notValues = /.{0,60}(?:_\{|undefined|NaN|Infinity).{0,30}/;

/** Texts of a picture in the order in which they are drawn. */
function textsOf(svg: string): string[] {
  return (svg.match(/<text[^>]*>.*?<\/text>/gs) ?? []).map((text) => text.replace(/<[^>]*>/g, ''));
}

/** Overlapping pairs of texts and key strokes, texts inside a frame, and whatever leaves the page. */
function collisions(svg: string, allowedInFrames: readonly string[] = []): string[] {
  const boxes = boxesOf(svg);
  const [, pageWidth, pageHeight] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  const found = boxes
    .filter((box) => box.left < 0 || box.top < 0 || box.right > pageWidth! || box.bottom > pageHeight!)
    .map((box) => `${box.kind} '${box.text}' leaves the page`);
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      if (allowedInFrames.includes(box.text) || allowedInFrames.includes(other.text)) continue;
      if (overlap(box, other)) found.push(`${box.kind} '${box.text}' meets ${other.kind} '${other.text}'`);
    }
  }
  return found;
}

function withRun(change: (run: OverviewData['run']) => Partial<OverviewData['run']>): OverviewData {
  const data = syntheticRun();
  return { ...data, run: { ...data.run, ...change(data.run) } };
}

/** The first `rows` rows of the run, and no size history. */
function cut(from: number, rows: number): OverviewData {
  const data = syntheticRun();
  const run = Object.fromEntries(
    Object.entries(data.run).map(([name, column]) => [name, column.slice(from, from + rows)]),
  );
  return {
    ...data,
    run: run as unknown as OverviewData['run'],
    history: { times: new Float64Array(0), numbers: [] },
  };
}

describe('the overview picture', () => {
  let standard: { svg: string; png: Uint8Array };
  beforeAll(async () => {
    standard = await drawOverview(syntheticRun());
  });

  test('looks like the committed picture', () => {
    const { svg, png } = standard;
    if (process.env.MARSDISK_WRITE_GOLDEN === '1') {
      mkdirSync(golden, { recursive: true });
      writeFileSync(goldenPng, png);
      writeFileSync(goldenSvg, svg);
    }
    expect(existsSync(goldenPng)).toBe(true);
    const drawn = decodePng(png);
    expect([drawn.width, drawn.height]).toEqual([1440, 1592]);
    expect(differingShare(drawn, decodePng(readFileSync(goldenPng)), 24)).toBeLessThan(1e-4);
    expect(svg).toBe(readFileSync(goldenSvg, 'utf8'));
  });

  test('comes out the same when it is drawn again in the same process', async () => {
    const again = await drawOverview(syntheticRun());
    expect(again.svg).toBe(standard.svg);
    expect(Buffer.compare(again.png, standard.png)).toBe(0);
  });

  test('names every panel, axis, line and its origin', () => {
    const { svg } = standard;
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'quickstart',
        '10 yr of the dust disk, 40 size bins from 0.1 µm to 3 m',
        'Σsurf (kg m⁻²)',
        'τ',
        'cumulative (MMars)',
        'TM (K)',
        'sblow (µm)',
        'time (yr)',
        'grain size s (m)',
        'dΣ/d ln s (kg m⁻²)',
        'dτ⊥/d ln s',
        'all grains',
        'bound, s &gt; sblow',
        'lost',
        'blown out',
        'sublimed',
        'supplied',
        'start',
        '3 s',
        '5.3 min',
        '8.9 h',
        '37 d',
        '10 yr',
        expect.stringMatching(/identity 3f9a2c7be01d .* model mars-disk .* marsdisk 0\.1\.0/),
      ]),
    );
    expect(svg.match(notValues)).toBeNull();
  });

  test('calls the loss by sinks sublimed only where nothing else is in it', async () => {
    const { svg } = await drawOverview({ ...syntheticRun(), otherSinks: true });
    expect(textsOf(svg)).toContain('sinks');
    expect(textsOf(svg)).not.toContain('sublimed');
    expect(collisions(svg)).toEqual([]);
  });

  test('draws its letters with the font of the package: without it the picture would differ', () => {
    const { svg } = standard;
    const widths = boxesOf(svg).filter((box) => box.kind === 'text');
    expect(widths.length).toBeGreaterThan(100);
    expect(widths.every((box) => box.right > box.left && box.bottom > box.top)).toBe(true);
  });

  test('has no text that touches another one, a key or a frame', () => {
    const { svg } = standard;
    expect(collisions(svg)).toEqual([]);
  });

  test('the search for collisions sees one', () => {
    const { svg } = standard;
    const shifted = svg.replace(/(translate\()[-\d.]+,[-\d.]+(\)"[^>]*>sublimed)/, '$10,0$2');
    expect(shifted).not.toBe(svg);
    expect(collisions(shifted)).not.toEqual([]);
  });

  test('keeps at most 2,000 points a line', () => {
    const { svg } = standard;
    const points = (svg.match(/ d="[^"]*"/g) ?? []).map((path) => (path.match(/[ML]/g) ?? []).length);
    expect(Math.max(...points)).toBeGreaterThan(500);
    expect(Math.max(...points)).toBeLessThanOrEqual(2000);
  });
});

describe('data that a logarithmic axis cannot show', () => {
  const broken = [
    ['no sublimation', withRun((run) => ({ mass_lost_by_sinks: run.time.map(() => 0) }))],
    [
      'neither loss nor supply',
      withRun((run) => {
        const zero = run.time.map(() => 0);
        return {
          mass_lost_by_sinks: zero,
          mass_lost_by_blowout: zero,
          M_loss_cum: zero,
          mass_supplied: zero,
        };
      }),
    ],
    ['a constant temperature', withRun((run) => ({ T_M_used: run.time.map(() => 4000) }))],
    [
      'constant everything',
      withRun((run) => ({ Sigma_surf: run.time.map(() => 2.26e-11), tau: run.time.map(() => 1) })),
    ],
    [
      'NaN and negative values',
      withRun((run) => ({ tau_bound: run.tau.map((tau, row) => [tau, Number.NaN, -tau][row % 3]!) })),
    ],
    [
      'subnormal values',
      withRun((run) => ({ Sigma_surf: run.time.map(() => 5e-324), tau: run.time.map(() => 1e308) })),
    ],
    ['a blow-out size of nothing', withRun((run) => ({ a_blow: run.time.map(() => Number.NaN) }))],
    ['the start alone', cut(0, 1)],
    ['a single later row', cut(2000, 1)],
    ['two rows', cut(2000, 2)],
    ['a short run', cut(0, 900)],
    ['no row at all', cut(0, 0)],
  ] as const;

  test.each(broken)('%s', async (_, data) => {
    const { svg, png } = await drawOverview(data);
    expect(svg.match(notValues)).toBeNull();
    expect(collisions(svg, ['no positive values', 'size history was not recorded'])).toEqual([]);
    expect(png.length).toBeGreaterThan(20_000);
  });

  test('an empty panel says so', async () => {
    const { svg } = await drawOverview(withRun((run) => ({ Sigma_surf: run.time.map(() => 0) })));
    expect(textsOf(svg)).toContain('no positive values');
    expect(textsOf((await drawOverview(cut(0, 9))).svg)).toContain('size history was not recorded');
  });

  test('a single row is shown as a dot', async () => {
    const { svg } = await drawOverview(cut(2000, 1));
    expect(svg).toMatch(/mark-symbol[^>]*>(<path aria-label[^>]*fill="#0072B2")/);
  });

  test('a line with nothing to show is not in the key', async () => {
    const { svg } = await drawOverview(withRun((run) => ({ mass_lost_by_sinks: run.time.map(() => 0) })));
    expect(textsOf(svg)).not.toContain('sublimed');
  });
});

describe('odd input', () => {
  test('a very long title is cut in its middle', async () => {
    const { svg } = await drawOverview({ ...syntheticRun(), title: `begin-${'x'.repeat(200)}-end` });
    expect(textsOf(svg).some((text) => /^begin-x+…x+-end$/.test(text))).toBe(true);
    expect(collisions(svg)).toEqual([]);
  });

  test('a title with markup is shown as it is', async () => {
    const { svg } = await drawOverview({ ...syntheticRun(), title: '<b>&"' });
    expect(textsOf(svg)).toContain('&lt;b&gt;&amp;"');
  });

  test('columns of different lengths are refused by name', async () => {
    const data = withRun((run) => ({ tau: run.tau.slice(1) }));
    await expect(drawOverview(data)).rejects.toThrow('column tau has 2999 rows, time has 3000');
  });

  test('more size distributions than colours are refused', async () => {
    const data = syntheticRun();
    const times = Float64Array.from({ length: 9 }, (_, index) => index);
    const numbers = Array.from(times, () => data.history.numbers[0]!);
    await expect(drawOverview({ ...data, history: { times, numbers } })).rejects.toThrow('at most 7');
  });
});

describe('the times of the size distributions', () => {
  /** Row numbers, from times that come in stretches of `length`. */
  function picked(times: readonly number[], count?: number, length = 7): number[] {
    const stretches = Array.from({ length: Math.ceil(times.length / length) }, (_, i) =>
      Float64Array.from(times.slice(i * length, (i + 1) * length)),
    );
    const span = stretches.reduce(spanWith, null);
    if (span === null) return [];
    const rows = new HistoryRows(span, count);
    for (const stretch of stretches) rows.add(stretch);
    return rows.rows();
  }

  test('are the start and five that are evenly spaced in log time', () => {
    const times = [0, ...Array.from({ length: 91 }, (_, index) => 10 ** (-1 + index / 10))];
    const shown = picked(times);
    expect(shown.map((row) => Number(times[row]!.toPrecision(3)))).toEqual([0, 1, 100, 1e4, 1e6, 1e8]);
    expect(picked(times, 5, 1)).toEqual(shown);
    expect(picked(times, 5, 1000)).toEqual(shown);
  });

  test('always hold the last row, and none twice', () => {
    expect(picked([5, 6])).toEqual([0, 1]);
    expect(picked([0])).toEqual([0]);
    expect(picked([])).toEqual([]);
    expect(picked([1, 10, 100], 1)).toEqual([2]);
    const many = Array.from({ length: 50 }, (_, index) => index);
    expect(picked(many, 40)).toHaveLength(7);
  });
});

describe('a run with more rows than the picture shows', () => {
  /** A hundred times the rows of `syntheticRun`, with ripples that no selection of every n-th row would keep. */
  function longRun(): OverviewData {
    const data = syntheticRun();
    const end = data.run.time.at(-1)!;
    const time = Float64Array.from({ length: 100_000 }, (_, row) => (end * row) / 99_999);
    const noisy = (base: number) =>
      time.map((_, row) => (row % 977 === 3 ? Number.NaN : base * (1.5 + Math.sin(row * row))));
    const names = Object.keys(data.run).filter((name) => name !== 'time');
    const columns = names.map((name, i) => [name, noisy(10 ** -i)]);
    return { ...data, run: { time, ...Object.fromEntries(columns) } as unknown as OverviewRun };
  }

  test('is thinned to the rows that make the same picture, however it is read', async () => {
    const data = longRun();
    const { svg } = await drawOverview(data);
    const rows = data.run.time.length;
    const span = spanWith(null, data.run.time)!;
    for (const length of [rows, 32_768, 1000]) {
      const pieces = Array.from({ length: Math.ceil(rows / length) }, (_, i) => {
        const piece = Object.entries(data.run).map(([name, values]) => [
          name,
          values.slice(i * length, (i + 1) * length),
        ]);
        return thinnedRows(Object.fromEntries(piece) as OverviewRun, span, data.history.times);
      });
      const joined = Object.keys(data.run).map((name) => [
        name,
        Float64Array.from(pieces.flatMap((piece) => [...piece[name as keyof OverviewRun]!])),
      ]);
      const run = Object.fromEntries(joined) as OverviewRun;
      expect(run.time.length).toBeLessThan(25_000);
      expect((await drawOverview({ ...data, run })).svg).toBe(svg);
    }
  });
});
