import type { Axis } from '../../src/report/chart/axis.js';
import { keyAt, type Line, type Panel, panelSpec } from '../../src/report/chart/panel.js';
import type { Point } from '../../src/report/chart/points.js';
import { renderSvg } from '../../src/report/chart/render.js';
import type { Figure } from '../section.js';

const panelSize = { width: 300, height: 210 };
const betweenPanels = 76;
const margin = { left: 70, top: 40, right: 24, bottom: 46 };

/** One panel of a figure: lines over two axes. */
export type LinePanel = Pick<Panel, 'title' | 'x' | 'yTitle' | 'lines'> & {
  readonly xTitle: string;
  readonly y: Axis;
  readonly level?: number;
};

/** A picture of panels side by side, in the style of the figures of runs. */
export function lineFigure(file: string, caption: string, panels: readonly LinePanel[]): Figure {
  const page = {
    width: margin.left + panels.length * panelSize.width + (panels.length - 1) * betweenPanels + margin.right,
    height: margin.top + panelSize.height + margin.bottom,
    left: margin.left,
    top: margin.top,
  };
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    bounds: 'flush',
    columns: panels.length + 1,
    spacing: betweenPanels,
    concat: [...panels.map(framed), filler],
  };
  return { file, caption, draw: () => renderSvg(spec, page) };
}

/** A single panel would be stretched over the whole page. */
const filler = { width: 1, height: 1, data: { values: [{}] }, mark: { type: 'text', text: '' } };

/** The key stands in a row of its own between title and frame. */
function framed(panel: LinePanel) {
  const listed = panel.lines.filter(({ label }) => label !== '');
  const full = { ...panelSize, ...panel, guides: [], guidesNamed: true, emptyText: '', key: false };
  return panelSpec(full, keyAt(listed, 0, -5));
}

/** Dots at points (x, y). */
export function dotsOf(label: string, colour: string, xs: ArrayLike<number>, ys: ArrayLike<number>): Line {
  return { label, colour, points: Array.from(xs, (x, i) => ({ x, y: ys[i], part: i })) };
}

/** A line through points (x, y). */
export function lineOf(
  label: string,
  colour: string,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  style: Pick<Line, 'dash' | 'stroke'> = {},
): Line {
  const points: Point[] = Array.from(xs, (x, i) => ({ x, y: ys[i], part: 0 }));
  return { label, colour, points, ...style };
}

/** Points spaced evenly in the logarithm, ends included. */
export function logSpaced(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));
}

/** Points spaced evenly, ends included. */
export function spaced(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
