import { linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import {
  type CascadeSetup,
  cascadeTables,
  type SteadyCascade,
  steadyCascade,
  strengthLaw,
} from '../systems/cascade.js';

/** Steps are adaptive and stop at a tolerance: other engines may take others. */
const slopes = { absolute: 2e-4 };

interface Case {
  readonly key: string;
  readonly label: string;
  readonly perDecade: number;
  readonly decades: number;
  /** Exponent b of Q*_D ~ s^b. */
  readonly b: number;
  readonly X: number;
  readonly alphaFrag: number;
  readonly fittedDecades: number;
  /** Ends of the fit, decades above the lower end. */
  readonly fit: readonly [number, number];
  readonly tolerance: number;
  readonly source: string;
}

const scaleFree = { decades: 6, b: 0, fittedDecades: 3, fit: [1, 4], tolerance: 1e-3 } as const;
const falling = {
  decades: 8,
  b: -0.38,
  fittedDecades: 4,
  fit: [0, 6],
  tolerance: 0.02,
  alphaFrag: 3.5,
} as const;
const rising = {
  decades: 6,
  b: 1.36,
  fittedDecades: 3,
  fit: [0, 5],
  tolerance: 0.04,
  alphaFrag: 3.5,
} as const;
const dohnanyi = 'Dohnanyi 1969';
const tanaka = 'Tanaka, Inaba & Nakazawa 1996';
const obrien = "O'Brien & Greenberg 2003";

const cases: readonly Case[] = [
  {
    key: 'free.5',
    label: 'Q* constant, 5 bins per decade',
    perDecade: 5,
    X: 1e-3,
    alphaFrag: 3.5,
    source: dohnanyi,
    ...scaleFree,
  },
  {
    key: 'free.10',
    label: 'Q* constant, 10 bins per decade',
    perDecade: 10,
    X: 1e-3,
    alphaFrag: 3.5,
    source: dohnanyi,
    ...scaleFree,
  },
  {
    key: 'free.2.8',
    label: 'Q* constant, fragments s^−2.8',
    perDecade: 5,
    X: 1e-3,
    alphaFrag: 2.8,
    source: tanaka,
    ...scaleFree,
  },
  {
    key: 'free.3.85',
    label: 'Q* constant, fragments s^−3.85',
    perDecade: 5,
    X: 1e-3,
    alphaFrag: 3.85,
    source: tanaka,
    ...scaleFree,
  },
  {
    key: 'falling.5',
    label: 'Q* ~ s^−0.38, 5 bins per decade, X_c 10⁻³',
    perDecade: 5,
    X: 1e-3,
    source: obrien,
    ...falling,
  },
  {
    key: 'falling.10',
    label: 'Q* ~ s^−0.38, 10 bins per decade, X_c 10⁻⁵',
    perDecade: 10,
    X: 1e-5,
    source: obrien,
    ...falling,
  },
  {
    key: 'rising.5',
    label: 'Q* ~ s^1.36, 5 bins per decade',
    perDecade: 5,
    X: 1e-10,
    source: obrien,
    ...rising,
  },
  {
    key: 'rising.10',
    label: 'Q* ~ s^1.36, 10 bins per decade',
    perDecade: 10,
    X: 1e-11,
    source: obrien,
    ...rising,
  },
];

/** Slope of dN/ds in the steady state of Q*_D ~ s^b. */
const publishedSlope = (b: number) => (7 + b / 3) / (2 + b / 3);

function setupOf({ perDecade, decades, b, X, alphaFrag }: Case): CascadeSetup {
  const free = b === 0;
  return {
    perDecade,
    decades,
    extension: free ? 3 : 5,
    strength: strengthLaw(X, b),
    alphaFrag,
    reach: free ? 3 : Number.POSITIVE_INFINITY,
  };
}

function rowsOf(case_: Case, cascade: SteadyCascade): Row[] {
  const { key, label, b, fit, tolerance, source } = case_;
  const { slope, wave } = cascade.fit(...fit);
  const unsteady = Math.max(...cascade.flux.map((flux) => Math.abs(flux - 1)));
  const most = b === 0 ? 1e-3 : 0.3;
  return [
    near(
      `${key}.slope`,
      `${label}: p of n(s) ~ s^−p`,
      publishedSlope(b),
      slope,
      tolerance / publishedSlope(b),
      { source, sure: 'A', drift: slopes },
    ),
    between(`${key}.residual`, `${label}: residuals, peak to peak`, [0, most], wave, {
      unit: 'dex',
      source: 'straight line',
      sure: 'A',
      drift: { absolute: 1e-3 },
    }),
    between(
      `${key}.flux`,
      `${label}: largest deviation of the mass flow from the supply`,
      [0, 1e-10],
      unsteady,
      { source: 'steady state', sure: 'A', drift: { absolute: 1e-10 } },
    ),
  ];
}

/** Mass per second that remnants of a bin hand down, on s^-3.5, over that of the first inner bin: largest deviation from 1. */
function unevenFlow(): number {
  const perDecade = 5;
  const strength = strengthLaw(1e-3, 0);
  const { net, sizes } = cascadeTables({
    perDecade,
    decades: 8,
    extension: 0,
    strength,
    alphaFrag: 3.5,
    reach: 3,
  });
  const { bins, sent, others } = net;
  const M = sizes.map((s, k) => (k === 0 ? 0 : Math.sqrt(s)));
  const flow = M.map((mass, k) =>
    M.reduce((sum, partner, l) => sum + (l <= k ? sent[k * bins + l] * mass * partner : 0), 0),
  );
  for (let p = 0; p < others.count; p++) {
    flow[others.q[p]] += others.sent[p] * M[others.i[p]] * M[others.j[p]];
  }
  // Away from the ends every bin has all its partners, and all the larger bodies whose remnants fall into it.
  const inner = flow.slice(1 + 3 * perDecade, bins - 2 * perDecade);
  return Math.max(...inner.map((each) => Math.abs(each / inner[0] - 1)));
}

interface Shown {
  readonly case_: Case;
  readonly cascade: SteadyCascade;
  readonly colour: string;
  readonly label: string;
}

/** log10 of n(s) s^p for the published p, and the residuals about the fitted line. */
function figure(shown: readonly Shown[]): Figure {
  const curves = shown.map(({ case_, cascade, colour, label }) => {
    const p = publishedSlope(case_.b);
    const decades = Array.from(cascade.masses, (_, k) => (k + 0.5) / case_.perDecade);
    const [from, to] = case_.fit.map((end) => Math.round(end * case_.perDecade));
    const { slope } = cascade.fit(...case_.fit);
    const logs = Array.from(cascade.masses, (M) => Math.log10(M));
    const compensated = logs.map(
      (log, k) => 10 ** (log - logs[from] - (4 - p) * (decades[k] - decades[from])),
    );
    const line = logs.slice(from, to).map((log, l) => log - (4 - slope) * decades[from + l]);
    const mean = line.reduce((sum, value) => sum + value, 0) / line.length;
    return {
      spectrum: lineOf(label, colour, decades, compensated),
      residuals: lineOf(
        label,
        colour,
        decades.slice(from, to),
        line.map((value) => value - mean),
      ),
    };
  });
  const x = linearAxis(0, 8, 8);
  const caption =
    'Steady cascades: mass per bin over the published power law (1 where they agree), and residuals about the fitted line in the fitted range.';
  return lineFigure('cascades.svg', caption, [
    {
      title: 'Over the published slope',
      x,
      xTitle: 'decades of size',
      y: logAxis(0.1, 10, 5),
      yTitle: 'mass per bin over power law',
      lines: curves.map(({ spectrum }) => spectrum),
      level: 1,
    },
    {
      title: 'Residuals',
      x,
      xTitle: 'decades of size',
      y: linearAxis(-0.2, 0.2, 4),
      yTitle: 'dex',
      lines: curves.map(({ residuals }) => residuals),
      level: 0,
    },
  ]);
}

export function cascades(): Section {
  const solutions = cases.map((case_) => ({
    case_,
    cascade: steadyCascade(setupOf(case_), case_.fittedDecades, 3.3),
  }));
  const picked = (key: string, colour: string, label: string) => ({
    ...solutions.find(({ case_ }) => case_.key === key)!,
    colour,
    label,
  });
  return {
    id: 'cascades',
    title: 'Steady cascades',
    text:
      'A cascade fed with unit mass per second in its largest bin is relaxed with the disk’s own tables and solver until nothing changes. Projectiles below the ' +
      'grid follow the regression line of the lowest bins, whatever its slope: no theory enters. With Q* ~ s^b outcomes are not scale-free, so that remnants change ' +
      'bins at certain sizes: that is the residual wave of those cases. X_c is the mass ratio at which a projectile just shatters.',
    rows: [
      ...solutions.flatMap(({ case_, cascade }) => rowsOf(case_, cascade)),
      between(
        'flow',
        'mass flow per logarithmic bin on s^−3.5: largest deviation from constant',
        [0, 1e-10],
        unevenFlow(),
        { source: 'Wyatt, Clarke & Booth 2011', sure: 'A', drift: { absolute: 1e-10 } },
      ),
    ],
    figures: [
      figure([
        picked('free.10', colours.blue, 'Q* constant'),
        picked('falling.10', colours.vermillion, 'b = −0.38'),
        picked('rising.10', colours.green, 'b = 1.36'),
      ]),
    ],
  };
}
