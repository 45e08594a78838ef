import { type Axis, fittedLinearAxis, fittedLogAxis, hasLogPlace } from '../chart/axis.js';
import type { Line, Panel } from '../chart/panel.js';
import { logColumn, type Point, thinned } from '../chart/points.js';
import { colours } from '../chart/style.js';
import type { OverviewData } from './data.js';
import type { TimeAxis } from './times.js';

/** Pixel columns that a line is thinned to; with two points each it stays below 2,000. */
export const pixelColumns = 900;
const massDecades = 12;
const opticalDecades = 8;
const metresToMicrometres = 1e6;

interface Place {
  readonly width: number;
  readonly height: number;
}

/** Draws the panels that show columns of the run over time, all on the same time axis. */
export class TimePanels {
  private readonly times: Float64Array;
  private readonly column: (time: number) => number;

  constructor(
    private readonly data: OverviewData,
    private readonly time: TimeAxis,
  ) {
    this.times = data.run.time.map((seconds) => seconds * time.perSecond);
    const { domain } = time.axis;
    const within = logColumn(domain, pixelColumns);
    this.column = (x) => (x >= domain[0] && x <= domain[1] ? within(x) : Number.NaN);
  }

  surfaceDensity(place: Place): Panel {
    const lines = [this.line('', colours.blue, this.data.run.Sigma_surf, 1)];
    return this.panel(place, 'Surface density', 'Σ_{surf} (kg m⁻²)', lines, logOf(lines, opticalDecades));
  }

  opticalDepth(place: Place): Panel {
    const { tau, tau_bound } = this.data.run;
    const lines = [
      { ...this.line('all grains', colours.blue, tau, 1), stroke: 2.6 }, // seen also where both are the same
      this.line('bound, s > s_{blow}', colours.orange, tau_bound, 1),
    ];
    return { ...this.panel(place, 'Optical depth', 'τ', lines, logOf(lines, opticalDecades)), level: 1 };
  }

  masses(place: Place): Panel {
    const { mass_supplied, mass_lost_by_blowout, mass_lost_by_sinks, M_loss_cum } = this.data.run;
    const lines = [
      { ...this.line('lost', colours.pale, M_loss_cum, 1), stroke: 5 },
      this.line('blown out', colours.vermillion, mass_lost_by_blowout, 1),
      this.line(this.data.otherSinks ? 'sinks' : 'sublimed', colours.sky, mass_lost_by_sinks, 1),
    ];
    if (mass_supplied) lines.push(this.line('supplied', colours.green, mass_supplied, 1, [5, 3]));
    return this.panel(place, 'Mass', 'cumulative (M_{Mars})', lines, logOf(lines, massDecades));
  }

  temperature(place: Place): Panel {
    const lines = [this.line('', colours.vermillion, this.data.run.T_M_used, 1)];
    const axis = fittedLinearAxis(valuesOf(lines), 4);
    return { ...this.panel(place, 'Temperature of Mars', 'T_{M} (K)', lines, axis), xTitle: null };
  }

  blowoutSize(place: Place): Panel {
    const lines = [this.line('', colours.purple, this.data.run.a_blow, metresToMicrometres)];
    const axis = logOf(lines, opticalDecades, 4);
    return { ...this.panel(place, 'Blow-out size', 's_{blow} (µm)', lines, axis), guidesNamed: false };
  }

  private line(
    label: string,
    colour: string,
    values: Float64Array,
    factor: number,
    dash?: readonly number[],
  ): Line {
    const scaled = factor === 1 ? values : values.map((value) => value * factor);
    const points = thinned(this.times, scaled, this.column, hasLogPlace);
    return { label, colour, points, ...(dash && { dash }) };
  }

  private panel(place: Place, title: string, yTitle: string, lines: readonly Line[], y: Axis | null): Panel {
    const { axis: x, unit, guides } = this.time;
    return {
      ...place,
      title,
      x,
      xTitle: `time (${unit})`,
      y,
      yTitle,
      guides,
      guidesNamed: true,
      lines,
      emptyText: 'no positive values',
      key: true,
    };
  }
}

function valuesOf(lines: readonly Line[]): number[] {
  return lines.flatMap((line) => line.points.map((point: Point) => point.y));
}

function logOf(lines: readonly Line[], decades: number, most = 6): Axis | null {
  return fittedLogAxis(valuesOf(lines), decades, most);
}
