import type { Axis, Tick } from './axis.js';
import { linearAxis } from './axis.js';
import { isolated, type Point } from './points.js';
import { fontSize, ink, textWidth } from './style.js';

/** A fragment of a vega-lite specification. */
export type Fragment = Record<string, unknown>;

export interface Line {
  /** Name in the key; '' for a line that the key does not list. */
  readonly label: string;
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Stroke width, px; a wide pale line lies under the others. */
  readonly stroke?: number;
  readonly points: readonly Point[];
}

/** An upright mark, such as the blow-out size at one time. */
export interface Upright {
  readonly x: number;
  readonly colour: string;
}

export interface Panel {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly x: Axis;
  /** Null: tick labels and title are left to the panel below. */
  readonly xTitle: string | null;
  /** Null when nothing can be drawn; the panel then says `emptyText`. */
  readonly y: Axis | null;
  readonly yTitle: string;
  /** Faint upright lines at familiar values, named above the panel unless `guidesNamed` is false. */
  readonly guides: readonly Tick[];
  readonly guidesNamed: boolean;
  readonly lines: readonly Line[];
  readonly uprights?: readonly Upright[];
  /** A dashed level, such as optical depth one. */
  readonly level?: number;
  readonly emptyText: string;
  readonly key: boolean;
}

const keySymbol = 14;
const keyGap = 9;
const minorTick = 3;
const titleHeight = -18;
const guideHeight = -4;

/** Text at a fixed place of a panel or page, px from its top left corner. */
export function textAt(text: string, x: number, y: number, options: Fragment = {}): Fragment {
  const mark = {
    type: 'text',
    align: 'left',
    baseline: 'alphabetic',
    fontSize: fontSize.label,
    color: ink.text,
    limit: 0,
  };
  return {
    data: { values: [{}] },
    mark: { ...mark, text, ...options },
    encoding: { x: { value: x }, y: { value: y } },
  };
}

/** A key drawn from `x` to the right: a short stroke and a name for each line. */
export function keyAt(lines: readonly Line[], x: number, y: number): Fragment[] {
  let at = x;
  return lines.flatMap((line) => {
    const from = at;
    at += keySymbol + 4 + textWidth(line.label, fontSize.small) + keyGap;
    return [
      {
        data: { values: [{}] },
        mark: {
          type: 'rule',
          color: line.colour,
          strokeWidth: 2,
          ...strokeOf(line),
        },
        encoding: {
          x: { value: from },
          x2: { value: from + keySymbol },
          y: { value: y - 3 },
          y2: { value: y - 3 },
        },
      },
      textAt(line.label, from + keySymbol + 4, y, { fontSize: fontSize.small }),
    ];
  });
}

/** Width that a key takes, px. */
export function keyWidth(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, line) => sum + keySymbol + 4 + textWidth(line.label, fontSize.small) + keyGap,
    -keyGap,
  );
}

/** Tick labels are looked up, not formatted: the text was decided with the ticks. */
function axisSpec(axis: Axis, options: Fragment): Fragment {
  const values = axis.ticks.map((tick) => tick.value);
  const labels = axis.ticks.map((tick) => tick.label);
  return {
    values,
    labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`,
    ...options,
  };
}

function scaleSpec({ type, domain }: Axis): Fragment {
  return { type, domain, nice: false, ...(type === 'linear' && { zero: false }) };
}

/** Titles of neighbouring panels line up unless a label needs more room. */
function titleDistance(panel: Panel): number {
  const widths = panel.y?.ticks.map((tick) => textWidth(tick.label, fontSize.label)) ?? [];
  return Math.max(40, ...widths.map((width) => width + 10));
}

function encoding(panel: Panel, y: Axis): Fragment {
  const named = panel.xTitle !== null;
  return {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: scaleSpec(panel.x),
      axis: axisSpec(panel.x, { labels: named, title: panel.xTitle, titleY: 22 }),
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: scaleSpec(y),
      axis: axisSpec(panel.y === null ? { ...y, ticks: [] } : y, {
        title: panel.yTitle,
        titleX: -titleDistance(panel),
        titleY: panel.height / 2,
        titleAlign: 'center',
      }),
    },
  };
}

function inside(axis: Axis, values: readonly number[]): number[] {
  return values.filter((value) => value >= axis.domain[0] && value <= axis.domain[1]);
}

function minorTicks(panel: Panel, y: Axis): Fragment[] {
  const mark = { type: 'rule', color: ink.frame, strokeWidth: 0.5 };
  const { height } = panel;
  return [
    {
      data: { values: y.minor.map((value) => ({ y: value })) },
      mark,
      encoding: { x: { value: -minorTick }, x2: { value: 0 } },
    },
    {
      data: { values: panel.x.minor.map((value) => ({ x: value })) },
      mark,
      encoding: { y: { value: height }, y2: { value: height + minorTick } },
    },
  ];
}

function guideLayers(panel: Panel): Fragment[] {
  const shown = panel.guides.filter((guide) => inside(panel.x, [guide.value]).length > 0);
  const values = shown.map((guide) => ({ x: guide.value, label: guide.label }));
  const rules = {
    data: { values },
    mark: { type: 'rule', color: ink.guide, strokeWidth: 0.8 },
    encoding: { y: { value: 0 }, y2: { value: panel.height } },
  };
  if (!panel.guidesNamed) return [rules];
  const names = {
    data: { values },
    mark: { type: 'text', baseline: 'alphabetic', fontSize: fontSize.small, color: ink.quiet, limit: 0 },
    encoding: { y: { value: guideHeight }, text: { field: 'label', type: 'nominal' } },
  };
  return [rules, names];
}

function strokeOf(line: Line): Fragment {
  return { ...(line.dash && { strokeDash: line.dash }), ...(line.stroke && { strokeWidth: line.stroke }) };
}

function lineLayers(line: Line): Fragment[] {
  const path = {
    data: { values: line.points },
    mark: { type: 'line', clip: true, color: line.colour, ...strokeOf(line) },
    encoding: { detail: { field: 'part', type: 'nominal' }, order: { field: 'x', type: 'quantitative' } },
  };
  const single = isolated(line.points);
  if (single.length === 0) return [path];
  const dots = {
    data: { values: single },
    mark: { type: 'point', clip: true, filled: true, size: 14, opacity: 1, color: line.colour },
  };
  return [path, dots];
}

/**
 * One panel with its title and key above the frame. All places are fixed, so panels line up when they are put side by side.
 * @param extra further layers in the panel's coordinates, such as a heading above it
 */
export function panelSpec(panel: Panel, extra: readonly Fragment[] = []): Fragment {
  const { width, height } = panel;
  const y = panel.y ?? linearAxis(0, 1, 1);
  const titleAt = panel.guidesNamed ? titleHeight : titleHeight / 2 + 1;
  const listed = panel.lines.filter((line) => line.label !== '' && line.points.length > 0);
  const level = panel.level === undefined ? [] : inside(y, [panel.level]);
  return {
    width,
    height,
    encoding: encoding(panel, y),
    layer: [
      ...guideLayers(panel),
      ...(panel.y === null ? [] : minorTicks(panel, y)),
      {
        data: { values: level.map((value) => ({ y: value })) },
        mark: { type: 'rule', color: ink.quiet, strokeWidth: 0.8, strokeDash: [2, 2] },
        encoding: { x: { value: 0 }, x2: { value: width } },
      },
      ...(panel.uprights ?? []).map((upright) => ({
        data: { values: [{ x: upright.x }] },
        mark: { type: 'rule', color: upright.colour, strokeWidth: 0.9, strokeDash: [3, 2.5], clip: true },
        encoding: { y: { value: 0 }, y2: { value: height } },
      })),
      ...panel.lines.flatMap(lineLayers),
      textAt(panel.title, 0, titleAt, { fontSize: fontSize.title, fontWeight: 'bold' }),
      ...(panel.key ? keyAt(listed, width - keyWidth(listed), titleAt) : []),
      ...(panel.y === null
        ? [textAt(panel.emptyText, width / 2, height / 2, { align: 'center', color: ink.quiet })]
        : []),
      ...extra,
    ],
  };
}
