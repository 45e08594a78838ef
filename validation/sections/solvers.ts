import { linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, measured, near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import { type SolvedRun, solved } from '../systems/eitherSolver.js';

/** What both solvers have: constant Q_pr, slab, no supply, no sublimation, one day. */
const common = [
  'radiation.Q_pr=1',
  'radiation.mars_temperature_driver.mode=slab',
  'supply.enabled=false',
  'sinks.mode=none',
  'chi_blow=0.5',
  'numerics.t_end_years=0.00273',
];

/** The original's readings of what the models share. */
const resolvedRules = [
  'collisions.remnant=whole',
  'collisions.alpha_frag=6.5',
  'blowout.partial_bin=lower_edge',
];

const legacyRules = (dt: number, stride: number) => [
  'numerics.solver=legacy',
  `numerics.dt_init=${dt}`,
  'psd.floor.mode=none',
  'optical_depth.tau_stop=null',
  `io.series_stride=${stride}`,
  'io.psd_history=false',
];

/** Grains of 1 um to 1 mm, thin enough for the original's clock. */
const thin = (tau: number) => [
  `optical_depth.tau0_target=${tau}`,
  'sizes.s_max=1e-3',
  'initial.s0_mode=melt_truncated_powerlaw',
  'initial.melt_psd.s_min_solid=1e-6',
  'initial.melt_psd.s_max_solid=1e-3',
  'initial.melt_psd.alpha_solid=3.5',
];

const drift = { relative: 1e-3 };
/** Mass blown out over that of the start, by row. */
function share(run: SolvedRun): number[] {
  const blown = run.column('mass_lost_by_blowout');
  const whole = blown[0] + run.column('Sigma_surf')[0] * run.toMarsMasses;
  return blown.map((mass) => mass / whole);
}

async function dense(): Promise<{ rows: Row[]; legacy: SolvedRun; resolved: SolvedRun }> {
  const legacy = await solved([...common, ...legacyRules(20, 1)]);
  const resolved = await solved([...common, ...resolvedRules]);
  const Sigma0 = resolved.column('Sigma_surf')[0];
  const rows = [
    between(
      'dense.covered',
      'τ = 1, legacy, steps of 20 s: share of the day that the state has moved on',
      [0, 1e-8],
      legacy.last('covered_fraction'),
      { source: 'defect Z1 of the original', sure: 'A', drift },
    ),
    near(
      'dense.legacy',
      'the same: surface density after a day over that of the start',
      1,
      legacy.last('Sigma_surf') / legacy.last('Sigma_surf0'),
      1e-6,
      { source: 'frozen', sure: 'A' },
    ),
    between(
      'dense.resolved',
      'resolved, same physics: surface density after a day over that of the start',
      [0, 0.5],
      resolved.last('Sigma_surf') / Sigma0,
      { source: 'the disk grinds itself down', sure: 'A', drift },
    ),
    measured(
      'dense.blown',
      'the same: blown out over what was there',
      resolved.last('Sigma_blown_out') / Sigma0,
      { source: '', drift },
    ),
  ];
  return { rows, legacy, resolved };
}

const lengths = [2, 1, 0.5];

async function dilute(tau: number): Promise<{ rows: Row[]; legacy: SolvedRun; resolved: SolvedRun }> {
  const resolved = await solved([...common, ...thin(tau), ...resolvedRules, 'numerics.rtol=1e-9']);
  const runs = await Promise.all(
    lengths.map((dt) => solved([...common, ...thin(tau), ...legacyRules(dt, 100)])),
  );
  const names = ['mass_lost_by_blowout', 'Sigma_surf', 'tau'] as const;
  const words = {
    mass_lost_by_blowout: 'mass blown out',
    Sigma_surf: 'surface density',
    tau: 'optical depth',
  };
  const label = `τ = ${tau.toExponential(0)}`;
  const rows = names.flatMap((name) => {
    const errors = runs.map((run) => run.last(name) / resolved.last(name) - 1);
    return [
      ...errors.map((error, i) =>
        between(
          `dilute.${tau}.${name}.${lengths[i]}`,
          `${label}, ${words[name]} after a day: legacy with steps of ${lengths[i]} s over resolved, less 1`,
          [-2e-3, 2e-3],
          error,
          { source: 'the same equations', sure: 'A', drift: { relative: 0.01 } },
        ),
      ),
      between(
        `dilute.${tau}.${name}.limit`,
        `${label}, ${words[name]}: the last two extrapolated to steps of no length`,
        [-2e-5, 2e-5],
        2 * errors[2] - errors[1],
        { source: 'the same equations', sure: 'A', drift: { absolute: 1e-6 } },
      ),
      ...errors
        .slice(1)
        .map((error, i) =>
          orderRow(
            `dilute.${tau}.${name}.ratio.${i}`,
            `${label}, ${words[name]}: error ratio from ${lengths[i]} s to ${lengths[i + 1]} s`,
            errors[i] / error,
          ),
        ),
    ];
  });
  const covered = runs.map((run) => run.last('covered_fraction'));
  rows.push(
    near(
      `dilute.${tau}.covered`,
      `${label}: least share of the day that the state has moved on`,
      1,
      Math.min(...covered),
      1e-9,
      { source: 'steps are shorter than a tenth of any collision time', sure: 'A' },
    ),
  );
  return { rows, legacy: runs[0], resolved };
}

/** Of a method of first order. */
export function orderRow(key: string, what: string, ratio: number): Row {
  return between(key, what, [1.9, 2.1], ratio, {
    source: 'first order: 2',
    sure: 'A',
    drift: { absolute: 0.01 },
  });
}

function figure(
  thick: { legacy: SolvedRun; resolved: SolvedRun },
  thinned: { legacy: SolvedRun; resolved: SolvedRun },
): Figure {
  const panel = (
    title: string,
    most: number,
    { legacy, resolved }: { legacy: SolvedRun; resolved: SolvedRun },
  ) => ({
    title,
    x: logAxis(10, 1e5, 5),
    xTitle: 'time (s)',
    y: linearAxis(-0.04 * most, 1.04 * most, 5),
    yTitle: 'share blown out',
    lines: [
      sampled('resolved', colours.pale, resolved, { stroke: 5 }),
      sampled('legacy', colours.blue, legacy, { dash: [4, 3] }),
    ],
  });
  return lineFigure(
    'solvers.svg',
    'Share of the ring that is blown out within a day. Dense: the state of the original’s scheme stands still while its clock runs. Dilute: both agree.',
    [panel('Dense, τ = 1', 1, thick), panel('Dilute, τ = 10⁻⁵', 0.1, thinned)],
  );
}

/** At most a hundred points, evenly over the logarithm of time. */
function sampled(label: string, colour: string, run: SolvedRun, style: object) {
  const times = run.column('time');
  const shares = share(run);
  const chosen: number[] = [];
  let next = 10;
  times.forEach((t, i) => {
    if (t < next) return;
    chosen.push(i);
    next = t * 1.05;
  });
  return lineOf(
    label,
    colour,
    chosen.map((i) => times[i]),
    chosen.map((i) => shares[i]),
    style,
  );
}

export async function solvers(): Promise<Section> {
  const thick = await dense();
  const thinned = await dilute(1e-5);
  return {
    id: 'solvers',
    title: 'Resolved against legacy',
    text:
      'The same physics through both solvers for a day: constant Q_pr, slab, no supply, no sublimation, and the original’s readings (whole-bin remnants, fragments as ' +
      'mass ~ s^−3.5, whole bins blown out). On a dense disk the state of the legacy scheme is frozen: its collision step covers a tenth of the shortest collision ' +
      'time, its clock advances by the whole step. On a dilute disk, where that does not matter, it agrees with the resolved solver to its own first order in the step.',
    rows: [...thick.rows, ...thinned.rows],
    figures: [figure(thick, thinned)],
  };
}
