import { isPrepared } from '../../bin/current.mjs';
import { prepare } from '../../bin/prepare.mjs';

/** Folders whose tests read the sources only: no reason to wait for a build. */
const PURE = /^(\.\/)?tests\/(sim|config|store|report|validation|reference)\b/;

/**
 * Builds once before all tests.
 *
 * @param {{ testPathPatterns: { patterns: string[] } }} globalConfig
 */
export default async function globalSetup({ testPathPatterns: { patterns } }) {
  if (patterns.length > 0 && patterns.every((pattern) => PURE.test(pattern))) return;
  if (!isPrepared()) await prepare((message) => console.error(`marsdisk: ${message}`));
}
