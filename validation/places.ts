import { fileURLToPath } from 'node:url';

/** The clone, from dist/validation and from validation alike; ends with a slash. */
export const clone = fileURLToPath(new URL('.', import.meta.url)).replace(
  /(?:dist[/\\])?validation[/\\]$/,
  '',
);

export const pagePath = `${clone}docs/validation.md`;
export const recordPath = `${clone}docs/validation.json`;
export const figurePath = (file: string) => `${clone}docs/figures/${file}`;
