import type { Row } from './row.js';

/** A picture below docs/figures. */
export interface Figure {
  /** Name of the file, with `.svg`. */
  readonly file: string;
  readonly caption: string;
  /** The complete SVG text. */
  draw(): Promise<string>;
}

/** One chapter of docs/validation.md as it was computed. */
export interface Section {
  /** Names the chapter for good. */
  readonly id: string;
  readonly title: string;
  /** Markdown in front of the table: what is compared with what. Holds no number that a row could hold. */
  readonly text: string;
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

/** A chapter and how to compute it. */
export interface Chapter {
  readonly id: string;
  /** False: too long for CI, recomputed by `npm run validate` only. */
  readonly quick: boolean;
  compute(): Section | Promise<Section>;
}
