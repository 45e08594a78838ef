import { type Axis, fittedLogAxis, hasLogPlace, logAxis, type Tick } from '../chart/axis.js';
import type { Line, Panel, Upright } from '../chart/panel.js';
import { thinned } from '../chart/points.js';
import { sequence } from '../chart/style.js';
import { formatTime } from '../format.js';
import type { OverviewData } from './data.js';

/** Decades that are shown below the highest line, and below the peak of the lowest one; never more than the last number in all. */
const sizeDecades = 7;
const decadesBelowLowest = 3;
const mostDecades = 14;

const familiarSizes: readonly Tick[] = [
  { value: 1e-9, label: '1 nm' },
  { value: 1e-6, label: '1 µm' },
  { value: 1e-3, label: '1 mm' },
  { value: 1, label: '1 m' },
  { value: 1e3, label: '1 km' },
];

/** What a size distribution shows of a bin, per logarithmic interval of size. */
type Weight = (number: number, bin: number) => number;

/** Label of a recorded time in the key. */
function timeLabel(seconds: number): string {
  return seconds > 0 ? formatTime(seconds, 2) : 'start';
}

/** One line per selected time. Earlier times have the colder colours; the last one always has the warmest. */
function distributions({ sizes, history }: OverviewData, weight: Weight): Line[] {
  return history.numbers.map((numbers, index) => {
    const perLogSize = Float64Array.from(
      numbers,
      (number, bin) => weight(number, bin) / Math.log(sizes.edges[bin + 1]! / sizes.edges[bin]!),
    );
    return {
      label: timeLabel(history.times[index]!),
      colour: colourOf(index, history.numbers.length),
      points: thinned(sizes.centers, perLogSize, (_) => _, hasLogPlace),
    };
  });
}

function colourOf(index: number, count: number): string {
  return sequence[index === 0 && count > 1 ? 0 : sequence.length - count + index]!;
}

/** Blow-out size at a time, from the row of the run that is nearest to it. */
function blowoutSizeAt({ run }: OverviewData, time: number): number {
  let best = 0;
  for (let row = 1; row < run.time.length; row += 1) {
    if (Math.abs(run.time[row]! - time) < Math.abs(run.time[best]! - time)) best = row;
  }
  return run.a_blow[best] ?? Number.NaN;
}

function uprights(data: OverviewData, x: Axis): Upright[] {
  const { times } = data.history;
  return Array.from(times, (time, index) => ({
    x: blowoutSizeAt(data, time),
    colour: colourOf(index, times.length),
  })).filter((upright) => upright.x > x.domain[0] && upright.x < x.domain[1]);
}

/** Deep enough that each distribution shows its peak, even when one of them towers above the others. */
function distributionAxis(lines: readonly Line[]): Axis | null {
  const peaks = lines
    .filter((line) => line.points.length > 0)
    .map((line) => Math.max(...line.points.map((p) => p.y)));
  const spread = Math.log10(Math.max(...peaks) / Math.min(...peaks));
  const decades = Math.min(mostDecades, Math.max(sizeDecades, spread + decadesBelowLowest));
  const values = lines.flatMap((line) => line.points.map((point) => point.y));
  return fittedLogAxis(values, decades, 8);
}

/** The two views of the size distribution: where the mass is, and where the cross-section is. */
export function sizePanels(data: OverviewData, place: { width: number; height: number }): [Panel, Panel] {
  const { edges, centers, grainMass } = data.sizes;
  const x = logAxis(edges[0]!, edges[edges.length - 1]!, 9);
  const panel = (title: string, yTitle: string, weight: Weight): Panel => {
    const lines = distributions(data, weight);
    return {
      ...place,
      title,
      x,
      xTitle: 'grain size s (m)',
      y: distributionAxis(lines),
      yTitle,
      guides: familiarSizes,
      guidesNamed: true,
      lines,
      uprights: uprights(data, x),
      emptyText: data.history.times.length === 0 ? 'size history was not recorded' : 'no grains',
      key: false,
    };
  };
  return [
    panel('Surface density by size', 'dΣ/d ln s (kg m⁻²)', (number, bin) => number * grainMass[bin]!),
    panel(
      'Vertical optical depth by size',
      'dτ_{⊥}/d ln s',
      (number, bin) => number * Math.PI * centers[bin]! ** 2,
    ),
  ];
}
