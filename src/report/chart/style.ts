/** Colours of Okabe and Ito (2008): told apart with every kind of colour vision. */
export const colours = {
  black: '#000000',
  orange: '#E69F00',
  sky: '#56B4E9',
  green: '#009E73',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
  /** Not one of the eight: for a sum that lies under its parts. */
  pale: '#c4c4c4',
} as const;

/** For lines that follow each other in time: from cold to warm. */
export const sequence: readonly string[] = [
  colours.black,
  colours.purple,
  colours.blue,
  colours.sky,
  colours.green,
  colours.orange,
  colours.vermillion,
];

/** Named in the picture; the fallbacks have nearly the same widths. */
export const fontFamily = 'DejaVu Sans, Verdana, sans-serif';

export const ink = { text: '#1a1a1a', quiet: '#5f5f5f', guide: '#e2e2e2', frame: '#444444' } as const;

export const fontSize = { heading: 15, title: 10.5, axis: 10, label: 9, small: 8.5 } as const;

/** Advances of DejaVu Sans by groups of letters, in units of the font size, rounded up. */
const advances: readonly (readonly [RegExp, number])[] = [
  [/[ijlI|'.,:;! ]/, 0.34],
  [/[rtf()⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/, 0.42],
  [/[mwMW%→]/, 0.98],
  [/[A-HJ-LN-VX-Z>×]/, 0.84],
];

/**
 * Width of a text in px, rounded up. Used to place keys: the drawing library's own measure depends on what is installed.
 * @param text may hold subscripts, `s_{blow}`
 */
export function textWidth(text: string, size: number): number {
  const shown = text.replace(/_\{([^}]*)\}/g, '$1');
  const advance = (letter: string) => advances.find(([letters]) => letters.test(letter))?.[1] ?? 0.64;
  return Math.ceil(Array.from(shown).reduce((sum, letter) => sum + advance(letter), 0) * size);
}

/** Options of the whole figure in the drawing library's terms. */
export const figureConfig = {
  font: fontFamily,
  background: '#ffffff',
  view: { stroke: ink.frame, strokeWidth: 0.8 },
  axis: {
    domain: false,
    grid: false,
    labelColor: ink.text,
    labelFlush: false,
    labelFontSize: fontSize.label,
    labelLimit: 0,
    labelOverlap: false,
    labelPadding: 3,
    tickColor: ink.frame,
    tickSize: 5,
    tickWidth: 0.8,
    titleColor: ink.text,
    titleFontSize: fontSize.axis,
    titleFontWeight: 'normal',
    titleLimit: 0,
  },
  legend: { labelLimit: 0 },
  line: { strokeWidth: 1.6, strokeCap: 'round', strokeJoin: 'round' },
} as const;
