import { renderPng, renderSvg } from './chart/render.js';
import type { OverviewData } from './overview/data.js';
import { overviewPage, overviewSpec } from './overview/layout.js';

export type { OverviewData, OverviewRun, SizeGrid, SizeHistory } from './overview/data.js';
export { thinnedRows } from './overview/thinRows.js';
export { HistoryRows, spanWith, type TimeSpan } from './overview/times.js';

/**
 * The one-page picture of a run: surface density, optical depths, mass ledgers, Mars' temperature and the blow-out size over time,
 * and the size distribution at several times. Depends on the data alone: no clock, no host, no installed font.
 * Values that a logarithmic axis cannot show are left out; a panel with nothing to show says so.
 * @returns a complete SVG text, and a PNG of twice its size
 * @throws RangeError when columns have different lengths, or more times are given than can be told apart
 */
export async function drawOverview(data: OverviewData): Promise<{ svg: string; png: Uint8Array }> {
  const svg = await renderSvg(overviewSpec(data), overviewPage);
  return { svg, png: await renderPng(svg) };
}
