import { createRequire } from 'node:module';
import type { Config, TopLevelSpec } from 'vega-lite';
import type { Fragment } from './panel.js';
import { figureConfig } from './style.js';

/** PNG pixels per SVG pixel. */
const pngScale = 2;

/** Size of the page and its margins, px. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Draws a vega-lite specification as a complete SVG text of exactly the page's size.
 * The same input gives the same text, whatever was drawn before in this process.
 */
export async function renderSvg(spec: Fragment, page: Page): Promise<string> {
  // Half a second and 100 MB: loaded only by runs that draw.
  const vega = await import('vega');
  const vegaLite = await import('vega-lite');
  const compiled = vegaLite.compile(spec as unknown as TopLevelSpec, {
    config: figureConfig as unknown as Config,
  });
  const view = new vega.View(
    vega.parse({
      ...compiled.spec,
      autosize: { type: 'none' },
      padding: { left: page.left, top: page.top, right: 0, bottom: 0 },
      width: page.width - page.left,
      height: page.height - page.top,
    }),
    { renderer: 'none', logLevel: vega.Warn },
  );
  try {
    vega.resetSVGDefIds();
    return withRoundedPlaces(withSubscripts(await view.toSVG()));
  } finally {
    view.finalize();
  }
}

/** Sets `Σ_{surf}` as a lowered, smaller `surf`: the drawing library has no subscripts. In attributes only the braces go. */
function withSubscripts(svg: string): string {
  const texts = /<text([^>]*font-size="([\d.]+)px"[^>]*)>([^<]*_\{[^<]*)<\/text>/g;
  return svg
    .replace(texts, (_, attributes: string, size: string, body: string) => {
      const drop = (Number(size) * 0.22).toFixed(2);
      const small = (Number(size) * 0.75).toFixed(2);
      const lowered = body.replace(
        /_\{([^}]*)\}([^_]?)/g,
        (__, subscript: string, next: string) =>
          `<tspan dy="${drop}" font-size="${small}px">${subscript}</tspan><tspan dy="-${drop}">${next}</tspan>`,
      );
      return `<text${attributes}>${lowered}</text>`;
    })
    .replace(/_\{([^}]*)\}/g, '_$1');
}

/** Hundredths of a pixel are enough, and they hide the last bits in which logarithms differ between engines. */
function withRoundedPlaces(svg: string): string {
  return svg.replace(/ (?:d|transform|[xy][12]?)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d+(?:e[-+]?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

/** The two faces that a figure uses, from a package: the system's own fonts would make pictures differ between machines. */
export function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((face) => resolve(`dejavu-fonts-ttf/ttf/${face}`));
}

/** Renders an SVG text to PNG bytes at twice its size, on white. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const image = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: pngScale },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans' },
  });
  return new Uint8Array(image.render().asPng());
}
