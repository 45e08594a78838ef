import { diskOf } from '../../src/sim/mars/disk.js';
import { cellsOf, FragmentLaw } from '../../src/sim/mars/finiteVolume/cells.js';
import { Impact } from '../../src/sim/mars/finiteVolume/impact.js';
import { PairIntegrals, type PairTerms, slopeBand } from '../../src/sim/mars/finiteVolume/pairs.js';
import { grainMass } from '../../src/sim/mars/grid.js';
import { relativeSpeed, scaleHeight } from '../../src/sim/mars/kernel.js';
import { type CaseName, caseParams, describeWithReference } from './cases.js';
import { wholeRun } from './runs.js';

/** Numbers of an independent program, spec/sizes.md section 4, 40 bins. */

function finiteVolume(name: CaseName) {
  const params = caseParams(name);
  return { ...params, collisions: { ...params.collisions, remnant: 'finite_volume' as const } };
}

/** To all digits that are printed, or to `digits` of them. */
function expectPrinted(found: number, printed: string, digits = 12): void {
  const value = Number(printed);
  const shown = Math.min(printed.replace(/e.*|[-.]|^0\.0*/g, '').replace(/^0+/, '').length, digits);
  expect(Math.abs(found - value)).toBeLessThanOrEqual(1.0001 * 0.5 * 10 ** (1 - shown) * magnitude(value));
}

const magnitude = (value: number) => (value === 0 ? 0 : 10 ** Math.floor(Math.log10(Math.abs(value))));

/** Pair, entry and T00, T10, T01; `remnants` by cell: gain g or spread r. */
const entries: [number, number, string, string, string, string][] = [
  [0, 0, 'j', '-35.4479939747', '0', '0'],
  [0, 0, 'g 1', '35.4479939747', '0', '0'],
  [1, 1, 'j', '0', '0', '0'],
  [1, 40, 'i', '-3.69166001452e-7', '0', '2.64011571864e-8'],
  [1, 40, 'j', '-7.57087274679e-4', '0', '4.04667207159e-4'],
  [1, 40, 'r 40', '4.34216815507e-8', '0', '-3.47740543722e-9'],
  [1, 40, 'g 39', '3.73983341147e-4', '0', '-3.73983341147e-4'],
  [1, 40, 'r 39', '1.23974365730e-26', '0', '-1.23974365730e-26'],
  [0, 12, 'i', '-6.41920118436e-2', '0', '4.65561151255e-3'],
  [0, 12, 'j', '-1.22221764653', '0', '0.661060825880'],
  [0, 12, 'r 12', '3.50539780437e-2', '0', '-2.95547403736e-3'],
  [0, 12, 'g 11', '0.608565944886', '0', '-0.608562774805'],
  [20, 26, 'i', '-1.77612114420e-4', '-1.83935174673e-6', '1.45067624282e-5'],
  [20, 26, 'j', '-3.55047401474e-2', '-7.13256342388e-5', '1.73449612915e-2'],
  [20, 26, 'r 26', '3.97290537482e-5', '-2.95840204646e-7', '-3.84176066986e-7'],
  [20, 26, 'g 25', '1.71386736013e-2', '-9.21951243887e-5', '-1.59266075078e-2'],
  [20, 26, 'r 25', '3.95065807542e-6', '8.42350321613e-7', '-3.63952309464e-6'],
  [30, 33, 'i', '6.76876308656e-6', '-1.25817350582e-5', '1.54105286065e-5'],
  [30, 33, 'j', '-6.28376425691e-4', '1.13960176573e-4', '-7.07977735716e-5'],
  [30, 33, 'g 28', '1.89546131713e-5', '8.31713934075e-7', '-9.27528310353e-6'],
  [30, 33, 'g 29', '2.99632881077e-5', '-4.99919543873e-6', '6.41166365578e-6'],
  [30, 33, 'r 30', '1.75417457477e-7', '-8.95821679793e-8', '1.14756485448e-7'],
  [30, 33, 'g 27', '2.12381126201e-6', '1.64509712965e-6', '-1.78950396633e-6'],
  [40, 40, 'j', '-1.53504846920e-6', '5.81803245105e-7', '-4.74571909011e-7'],
  [40, 40, 'g 32', '1.89042560593e-7', '-5.93306970945e-8', '8.56856434794e-8'],
  [40, 40, 'r 32', '8.53459427579e-10', '-3.31283183009e-10', '2.46580380853e-10'],
];

function pairIntegrals() {
  const params = finiteVolume('r1_day_constT');
  const cells = cellsOf(params.sizes.min, params.sizes.max, params.sizes.bins);
  const fragments = new FragmentLaw(cells, params.collisions.alphaFrag);
  const speed = relativeSpeed(params);
  const impact = new Impact({ ...params, speed, bottom: params.sizes.min });
  const perArea = ((Math.sqrt(Math.PI) / 2) * speed) / scaleHeight(params);
  const mass = grainMass(params.sizes.min, params.density);
  return { cells, fragments, integrals: new PairIntegrals(cells, fragments, impact, perArea, mass) };
}

function momentsOf(terms: PairTerms, entry: string): Float64Array {
  if (entry === 'i') return terms.smaller;
  if (entry === 'j') return terms.larger;
  const [kind, cell] = entry.split(' ');
  const remnant = terms.remnants.find((each) => each.cell === Number(cell))!;
  return kind === 'g' ? remnant.gain : remnant.sent;
}

describeWithReference('coefficients of r1 on finite volumes', () => {
  const { cells, fragments, integrals } = pairIntegrals();

  test.each(entries)('pair %d, %d: %s', (i, j, entry, ...printed) => {
    const found = momentsOf(integrals.of(i, j), entry);
    found.forEach((value, moment) => {
      expectPrinted(value, printed[moment]);
    });
  });

  test('the mass of every pair closes: gains, and what is spread below the remnant', () => {
    for (let j = 0; j <= cells.count; j++) {
      for (let i = 0; i <= j; i++) {
        const { smaller, larger, remnants } = integrals.of(i, j);
        const parts = (moment: number) => [
          smaller[moment],
          larger[moment],
          ...remnants.flatMap(({ cell, gain, sent }) => [gain[moment], fragments.below[cell] * sent[moment]]),
        ];
        const largest = Math.max(...parts(0).map(Math.abs));
        for (const moment of [0, 1, 2]) {
          const sum = parts(moment).reduce((total, part) => total + part, 0);
          expect(Math.abs(sum)).toBeLessThanOrEqual(1e-15 * largest);
        }
      }
    }
  });

  test('grid, band and initial state', () => {
    const {
      volume,
      opacity0,
      initialTotal,
      initialMasses,
      relativeSpeed: v,
    } = diskOf(finiteVolume('r1_day_constT'));
    expect(volume!.cells.width).toBe(0.4304176984906607);
    expect(slopeBand(volume!.cells)).toBe(7);
    expect(volume!.pairs()!.remnants.count).toBe(440);
    expect(volume!.growing.flatMap((grows, k) => (grows ? [k] : []))).toEqual([1]);
    expect(v).toBeCloseTo(4294.379926834241, 10);
    expect(opacity0 / 0.45180875422121236).toBeCloseTo(1, 14);
    expect(initialTotal / 2.2133258611239413).toBeCloseTo(1, 14);
    const printed = {
      7: '6.722009541652e-11',
      16: '0.08076134145490',
      24: '6.975154389224e-5',
      36: '0.03227140185965',
      40: '0.6520634151629',
    };
    for (const [cell, mass] of Object.entries(printed)) expectPrinted(initialMasses[Number(cell)], mass, 13);
  });

  test.each([20, 80, 160])('initial surface density and opacity are those of 40 bins (%d bins)', (bins) => {
    const params = finiteVolume('r4_10yr_sweep');
    const disk = diskOf({
      ...params,
      sizes: { ...params.sizes, bins },
      collisions: { ...params.collisions, enabled: false },
    });
    expect(disk.opacity0 / 0.45180875422121236).toBeCloseTo(1, 13);
    expect(disk.initialTotal / 2.2133258611239413).toBeCloseTo(1, 13);
  });
});

const day = 86400;
const year = 31557600;

/** Sigma, tau, tau_bound, B, V, M_1, M_20 at the end of landed rows. */
const runs: [CaseName, [number, string[]][]][] = [
  [
    'r1_day_constT',
    [
      [
        1,
        [
          '2.21332453365',
          '2.33542247884',
          '1.14524138574',
          '1.32747236836e-6',
          '0',
          '1.4902265373e-4',
          '0.046113157293',
        ],
      ],
      [
        60,
        [
          '2.19778004932',
          '1130.49964225',
          '0.0879946099203',
          '0.0155458118028',
          '0',
          '0.52513165672',
          '7.3403090738e-4',
        ],
      ],
      [
        3600,
        [
          '1.32543766246',
          '520.678448675',
          '0.0402205232514',
          '0.887888198660',
          '0',
          '0.24189042044',
          '1.8278282065e-3',
        ],
      ],
      [
        day,
        [
          '0.0299545860204',
          '0.609734693318',
          '0.0160058785963',
          '2.18337127510',
          '0',
          '2.3118747971e-4',
          '3.6194679472e-4',
        ],
      ],
    ],
  ],
  [
    'r4_10yr_sweep',
    [
      [
        100,
        [
          '1.73723547400',
          '1.49849054095',
          '0.630539999027',
          '0.00174462875668',
          '0.475079843971',
          '2.3545195976e-5',
          '2.1593388984e-3',
        ],
      ],
      [
        3600,
        [
          '1.66328849401',
          '0.0276267275705',
          '0.0236453126416',
          '0.00198148834098',
          '0.574482960670',
          '1.0001005645e-7',
          '2.5003384463e-3',
        ],
      ],
      [
        day,
        [
          '0.196358478902',
          '0.0110489842186',
          '0.0100866251293',
          '0.00543355512670',
          '2.64578379269',
          '2.3700372457e-8',
          '1.4988478448e-3',
        ],
      ],
      [
        year,
        [
          '0.197609849618',
          '14.9569703369',
          '0.0523260289736',
          '62.4233055959',
          '171.252210350',
          '6.7868890734e-3',
          '1.2177405068e-3',
        ],
      ],
      [
        10 * year,
        [
          '0.197582535902',
          '19.0503237229',
          '0.168766364593',
          '2140.73873384',
          '177.875008835',
          '8.7326445066e-3',
          '1.1185412735e-3',
        ],
      ],
    ],
  ],
];

describeWithReference('runs on finite volumes', () => {
  // The time error is that of the tolerance; the printed numbers are good to about 1e-9.
  test.each(runs)('%s at rtol 1e-7', (name, expected) => {
    const params = finiteVolume(name);
    params.solver.rtol = 1e-7;
    params.output = {
      mode: 'land',
      every: { kind: 'times', times: expected.map(([t]) => t) },
      sizeHistoryStride: 1,
    };
    const { rows, state } = wholeRun(params);
    const { masses } = diskOf(params).grid;
    const columns = ['Sigma_surf', 'tau', 'tau_bound', 'Sigma_blown_out', 'Sigma_sublimed'].map((column) =>
      rows.column('run', column),
    );
    expected.forEach(([, printed], i) => {
      const bins = rows.masses(i + 1, masses);
      const found = [...columns.map((column) => column[i + 1]), bins[0], bins[19]];
      found.forEach((value, which) => {
        const limit = which < 5 ? 1e-6 : 3e-6;
        expect(Math.abs(value - Number(printed[which]))).toBeLessThanOrEqual(limit * Number(printed[which]));
      });
    });
    expect(state.largestMassError).toBeLessThan(1e-12);
  });
});

/** Blown out and sublimed in the limit of many bins, and the errors of 40 bins in per cent: spec/sizes.md, table of sections 2 and 3. */
const limits: [CaseName, [number, [string, string] | null, [string, string] | null][]][] = [
  [
    'r2_30d_hot_supply_subl',
    [
      [60, ['0.003579', '-0.31'], ['89.587', '-0.18']],
      [3600, ['0.003591', '-0.29'], ['92.0243', '0.01']],
      [30 * day, ['0.006795', '-0.13'], ['878.081', '0']],
    ],
  ],
  [
    'r3_30d_legacy_physics',
    [
      [3600, ['1.39675', '0.08'], null],
      [day, ['2.6715', '0.27'], null],
    ],
  ],
];

describeWithReference('40 bins against the limit of many', () => {
  test.each(limits)('%s', (name, expected) => {
    const params = finiteVolume(name);
    params.blowout = { ...params.blowout, partialBin: 'log_fraction' };
    params.stops.end = expected.at(-1)![0];
    params.output = {
      mode: 'dense',
      every: { kind: 'times', times: expected.map(([t]) => t) },
      sizeHistoryStride: null,
    };
    const { rows } = wholeRun(params);
    const [B, V] = ['Sigma_blown_out', 'Sigma_sublimed'].map((column) => rows.column('run', column));
    expected.forEach(([, blown, vapour], i) => {
      for (const [found, printed] of [
        [B[i + 1], blown],
        [V[i + 1], vapour],
      ] as const) {
        if (printed === null) continue;
        const [limit, percent] = printed.map(Number);
        expect(Math.abs(100 * (found / limit - 1) - percent)).toBeLessThan(0.02);
      }
    });
  });
});
