import { Resvg } from '@resvg/resvg-js';
import { fontFiles } from '../../src/report/chart/render.js';

/** Where a drawn element lies on the page, px. */
export interface Box {
  readonly kind: 'text' | 'stroke' | 'frame';
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans' };
// Of the straight lines only the strokes of the keys: ticks and grid belong to the frames. Frames are the stroked backgrounds.
const element =
  /<text[^>]*>.*?<\/text>|<line[^>]*stroke-width="[25]"[^>]*\/>|<path class="background"[^>]*stroke="[^>]*\/>/gs;

/** A stroke as the rectangle that it covers: the renderer aborts when it is asked for the box of a flat line. */
function solid(source: string): string {
  if (!source.startsWith('<line')) return source;
  const value = (name: string) => Number(new RegExp(` ${name}="([^"]*)"`).exec(source)?.[1] ?? 0);
  const place = /transform="[^"]*"/.exec(source)?.[0] ?? '';
  const thick = value('stroke-width');
  return `<rect ${place} y="${-thick / 2}" width="${value('x2')}" height="${thick}" fill="#000"/>`;
}

/** Draws nothing but one element, inside all of its groups, and asks the renderer for its box. */
function boxOf(skeleton: readonly string[], elements: readonly string[], index: number): Box | null {
  const svg = `${skeleton.slice(0, index + 1).join('')}${solid(elements[index]!)}${skeleton.slice(index + 1).join('')}`;
  const box = new Resvg(svg, { font }).getBBox();
  if (!box) return null;
  const source = elements[index]!;
  const kind = source.startsWith('<text') ? 'text' : source.startsWith('<line') ? 'stroke' : 'frame';
  return {
    kind,
    text: source.replace(/<[^>]*>/g, ''),
    left: box.x,
    top: box.y,
    right: box.x + box.width,
    bottom: box.y + box.height,
  };
}

/** Boxes of all texts, strokes of the keys and panel frames of a drawn figure, measured with the fonts that draw it. */
export function boxesOf(svg: string): Box[] {
  const elements = svg.match(element) ?? [];
  // What is left between them: groups with their transforms, without the shapes.
  const skeleton = svg
    .split(element)
    .map((between) => between.replace(/<(path|rect|line)[^>]*\/>|<defs>.*?<\/defs>/gs, ''));
  return elements.flatMap((_, index) => boxOf(skeleton, elements, index) ?? []);
}

/** Whether two boxes share more than a hair's breadth. */
export function overlap(a: Box, b: Box, tolerance = 0.2): boolean {
  return (
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > tolerance &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > tolerance
  );
}
