import { linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { suppliedAt } from '../../src/sim/mars/supply/law.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, close, measured, near, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import type { SteadyCascade } from '../systems/cascade.js';
import { hardCut } from '../systems/hardCut.js';
import { fitPowerLaw } from '../systems/powerLawFit.js';
import { wholeRun } from '../systems/runs.js';
import { steadyDisk } from '../systems/steadyDisk.js';

const drift = { absolute: 1e-3 };

function cutRows(key: string, label: string, cascade: SteadyCascade, allOrNothing: boolean): Row[] {
  const { slope, wave } = cascade.fit(2, 6);
  const height = { unit: 'dex', drift };
  return [
    close(`${key}.slope`, `${label}: mean slope`, 3.5, slope, 0.03, {
      source: 'independent solver: 3.487 … 3.492',
      sure: 'A',
      drift,
    }),
    allOrNothing
      ? between(`${key}.wave`, `${label}: wave, peak to peak`, [0.5, 0.8], wave, {
          source: 'independent solver: 0.66',
          sure: 'A',
          ...height,
        })
      : measured(`${key}.wave`, `${label}: wave, peak to peak`, wave, {
          source: 'filled by erosion',
          ...height,
        }),
  ];
}

const diskPerDecade = 5;

async function diskRows(): Promise<{ rows: Row[]; masses: Float64Array }> {
  const params = await steadyDisk(diskPerDecade);
  const { grid, supply } = diskOf(params);
  const { state } = wholeRun(params);
  const fit = fitPowerLaw(state.y, 3 * diskPerDecade, 7 * diskPerDecade, Math.LN10 / diskPerDecade);
  const label = 'the disk itself, blow-out at 1 µm';
  const rows = [
    close('disk.slope', `${label}: mean slope`, 3.5, fit.slope, 0.03, {
      source: 'Dohnanyi 1969',
      sure: 'A',
      drift,
    }),
    measured('disk.wave', `${label}: wave, peak to peak`, fit.wave, { unit: 'dex', source: '', drift }),
    near(
      'disk.steady',
      `${label}: blown out over supplied`,
      1,
      state.y[grid.bins] / suppliedAt(supply.law, state.time),
      1e-6,
      { source: 'steady state', sure: 'A', drift: { absolute: 1e-6 } },
    ),
  ];
  return { rows, masses: state.y.slice(0, grid.bins) };
}

/** Mass per bin over √s, 1 at the lower end of the fit. */
function compensated(masses: ArrayLike<number>, perDecade: number, below: number) {
  const decades = Array.from(masses, (_, k) => (k + 0.5) / perDecade - below);
  const at = (2 + below) * perDecade;
  const values = decades.map((d, k) => (masses[k] / masses[at]) * 10 ** (-0.5 * (d - decades[at])));
  return { decades, values };
}

function figure(
  waves: readonly { cascade: SteadyCascade; perDecade: number; label: string; colour: string }[],
  disk: Float64Array,
): Figure {
  const lines = waves.map(({ cascade, perDecade, label, colour }) => {
    const { decades, values } = compensated(cascade.masses, perDecade, 0);
    return lineOf(label, colour, decades, values);
  });
  const own = compensated(disk, diskPerDecade, 1);
  const caption =
    'Mass per bin over √s above a hard lower end of the sizes (all or nothing; outcomes of the disk), and in the whole model above its blow-out size.';
  return lineFigure('wave.svg', caption, [
    {
      title: 'Waves above the blow-out size',
      x: linearAxis(-1, 8, 9),
      xTitle: 'decades above the blow-out size',
      y: logAxis(0.03, 10, 5),
      yTitle: 'mass per bin over √s',
      lines: [...lines, lineOf('disk', colours.green, own.decades, own.values)],
      level: 1,
    },
  ]);
}

export async function wave(): Promise<Section> {
  const sharp = [10, 20].map((perDecade) => ({ perDecade, cascade: hardCut(perDecade, true) }));
  const eroded = [5, 10].map((perDecade) => ({ perDecade, cascade: hardCut(perDecade, false) }));
  const disk = await diskRows();
  const rows = [
    ...sharp.flatMap(({ perDecade, cascade }) =>
      cutRows(`sharp.${perDecade}`, `all or nothing, ${perDecade} bins per decade`, cascade, true),
    ),
    ...eroded.flatMap(({ perDecade, cascade }) =>
      cutRows(`eroded.${perDecade}`, `outcomes of the disk, ${perDecade} bins per decade`, cascade, false),
    ),
    ...disk.rows,
  ];
  return {
    id: 'wave',
    title: 'Waves above the blow-out size',
    text:
      'Nothing hits the smallest bound grains, so they pile up, grind down the next larger ones, and so on (Campo Bagatin et al. 1994; Thébault & Augereau 2007): the ' +
      'mean slope stays near 3.5 and a wave runs over it. With the disk’s own outcomes grains are also eroded by projectiles far below X_c, which fills the ' +
      'valleys: a quarter of the wave is left. Eight decades, X_c 10⁻³, fits over the middle half.',
    rows,
    figures: [
      figure(
        [
          { ...sharp[1], label: 'all or nothing', colour: colours.blue },
          { ...eroded[1], label: 'eroded', colour: colours.vermillion },
        ],
        disk.masses,
      ),
    ],
  };
}
