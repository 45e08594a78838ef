/**
 * Whether the installed packages and the build belong to the sources that are here now.
 *
 * What counts as current was written last, as a hash: `node_modules/.marsdisk` for the packages, `dist/stamp.json` for the
 * build. A crash in the middle leaves no stamp, so that the next command begins that part again.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const SOURCES = [
  'src',
  'bench',
  'validation',
  'bin',
  'scripts/bundle.mjs',
  'temporal.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/**
 * @param {string} [root] the clone
 * @returns {boolean} true if nothing needs installing or building (a few milliseconds)
 */
export function isPrepared(root = projectRoot) {
  return packagesAreCurrent(root) && buildIsCurrent(root);
}

/**
 * Packages are current if we installed them from this lock file, or if npm's own list agrees with it.
 *
 * @param {string} root
 */
export function packagesAreCurrent(root) {
  const stampFile = packageStamp(root);
  if (readIfThere(stampFile) === lockHash(root)) return true;
  const installed = readIfThere(join(root, 'node_modules/.package-lock.json'));
  if (installed === null || !installedAsLocked(root, installed)) return false;
  writeIfAllowed(stampFile, lockHash(root));
  return true;
}

/**
 * @param {string} root
 * @param {string} installedText npm's list of what it installed
 */
function installedAsLocked(root, installedText) {
  const { packages: installed } = JSON.parse(installedText);
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  delete locked[''];
  const same = Object.entries(locked).every(([name, entry]) =>
    installed[name] ? installed[name].integrity === entry.integrity : entry.optional === true,
  );
  return same && Object.keys(installed).every((name) => locked[name]);
}

/** @param {string} root */
export function buildIsCurrent(root) {
  const stampFile = join(root, 'dist/stamp.json');
  const text = readIfThere(stampFile);
  if (text === null) return false;
  const stamp = JSON.parse(text);
  const quick = quickHash(root);
  if (stamp.quick === quick) return true;
  // git gives files it checks out a new time, whether or not their content is new.
  const content = contentHash(root);
  if (stamp.content !== content) return false;
  writeIfAllowed(stampFile, JSON.stringify({ quick, content }));
  return true;
}

/** @param {string} root */
function quickHash(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} root */
function contentHash(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root))
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** @param {string} root @returns {string[]} in a fixed order */
function sourceFiles(root) {
  /** @param {string} path @returns {string[]} */
  const below = (path) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return below(child);
      return /\.(ts|mjs|js|json)$/.test(entry.name) ? [child] : [];
    });
  return SOURCES.map((name) => join(root, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false }))
    .flatMap((path) => (statSync(path).isDirectory() ? below(path) : [path]))
    .sort();
}

/** @param {string} root */
export function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** What `dist/stamp.json` holds for the sources as they are now. @param {string} root */
export function buildStamp(root) {
  return JSON.stringify({ quick: quickHash(root), content: contentHash(root) });
}

/** @param {string} root */
export function packageStamp(root) {
  return join(root, 'node_modules/.marsdisk');
}

/** @param {string} file @returns {string | null} null if there is no such file */
export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/** Only saves time at the next start, so a clone that may not be written is no error. @param {string} file @param {string} text */
function writeIfAllowed(file, text) {
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? ''))
      throw error;
  }
}
