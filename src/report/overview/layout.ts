import { type Fragment, keyAt, keyWidth, type Line, type Panel, panelSpec, textAt } from '../chart/panel.js';
import type { Page } from '../chart/render.js';
import { fontSize, ink, textWidth } from '../chart/style.js';
import { formatNumber, formatTime } from '../format.js';
import { checkOverviewData, type OverviewData } from './data.js';
import { sizePanels } from './sizePanels.js';
import { TimePanels } from './timePanels.js';
import { timeAxis } from './times.js';

/** Size of the page and place of its first panel, px. */
export const overviewPage: Page = { width: 720, height: 796, left: 70, top: 84 };

const column = 278;
const betweenColumns = 74;
const betweenRows = 70;
const upper = { width: column, height: 152 };
const halfGap = 22;
const half = { width: column, height: (upper.height - halfGap) / 2 };
const lower = { width: column, height: 182 };
const longestTitle = 64;

/** Cut in the middle, where a name is least telling. */
function shortened(title: string): string {
  if (title.length <= longestTitle) return title;
  const kept = (longestTitle - 1) / 2;
  return `${title.slice(0, Math.ceil(kept))}…${title.slice(-Math.floor(kept))}`;
}

function lengthText(metres: number): string {
  const [size, unit] =
    metres >= 1 ? [metres, 'm'] : metres >= 1e-3 ? [metres * 1e3, 'mm'] : [metres * 1e6, 'µm'];
  return `${formatNumber(size, 3)} ${unit}`;
}

function subtitle({ run, sizes }: OverviewData): string {
  const end = run.time.reduce((latest, time) => Math.max(latest, time), 0);
  const [smallest, largest] = [sizes.edges[0]!, sizes.edges[sizes.edges.length - 1]!];
  return `${formatTime(end)} of the dust disk, ${sizes.centers.length} size bins from ${lengthText(smallest)} to ${lengthText(largest)}`;
}

function heading(data: OverviewData): Fragment[] {
  return [
    textAt(shortened(data.title), -44, -60, { fontSize: fontSize.heading, fontWeight: 'bold' }),
    textAt(subtitle(data), -44, -43, { fontSize: fontSize.axis, color: ink.quiet }),
  ];
}

/** One key below both views of the size distribution. */
function sizeKey(panel: Panel): Fragment[] {
  if (panel.lines.length === 0) return [];
  const dashed: Line = { label: 's_{blow} at that time', colour: ink.quiet, dash: [3, 2.5], points: [] };
  const lines = [...panel.lines, dashed];
  const y = lower.height + 56;
  const heading = 'Size distribution at';
  const headingWidth = textWidth(heading, fontSize.small) + 10;
  const x = (2 * column + betweenColumns - headingWidth - keyWidth(lines)) / 2;
  return [textAt(heading, x, y, { fontSize: fontSize.small }), ...keyAt(lines, x + headingWidth, y)];
}

function footer({ title, identity, model, version }: OverviewData): Fragment {
  const parts = [
    shortened(title),
    `identity ${identity.slice(0, 12)}`,
    `model ${model}`,
    `marsdisk ${version}`,
  ];
  return textAt(parts.join('  ·  '), column + betweenColumns / 2, lower.height + 80, {
    align: 'center',
    fontSize: fontSize.small,
    color: ink.quiet,
  });
}

/** The whole page as one vega-lite specification. Throws RangeError for data that does not fit together. */
export function overviewSpec(data: OverviewData): Fragment {
  checkOverviewData(data);
  const time = new TimePanels(data, timeAxis(data.run.time));
  const [mass, opticalDepth] = sizePanels(data, lower);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    // Only the frames count for the layout, so that it does not depend on measured text.
    bounds: 'flush',
    columns: 2,
    spacing: { row: betweenRows, column: betweenColumns },
    concat: [
      panelSpec(time.surfaceDensity(upper), heading(data)),
      panelSpec(time.opticalDepth(upper)),
      panelSpec(time.masses(upper)),
      {
        vconcat: [panelSpec(time.temperature(half)), panelSpec(time.blowoutSize(half))],
        bounds: 'flush',
        spacing: halfGap,
      },
      panelSpec(mass, [...sizeKey(mass), footer(data)]),
      panelSpec(opticalDepth),
    ],
  };
}
