/**
 * First use and rebuild: installs the packages and compiles the sources when they are missing or not the current ones.
 *
 * What counts as current is written last, as a hash: `node_modules/.marsdisk` for the packages, `dist/stamp.json` for the
 * build. A crash in the middle leaves no stamp, so that the next command begins that part again.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquire, release } from './processLock.mjs';

/** The folder of the clone. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const SOURCES = [
  'src',
  'bin',
  'scripts/bundle.mjs',
  'temporal.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Installation or build failed; the message says what to do. */
export class SetUpError extends Error {}

/** @typedef {(message: string) => void} Say */

/**
 * @param {string} [root] the clone
 * @returns {boolean} true if nothing needs installing or building (a few milliseconds)
 */
export function isPrepared(root = projectRoot) {
  return packagesAreCurrent(root) && buildIsCurrent(root);
}

/**
 * Installs and builds what is missing or old, one process at a time.
 *
 * @param {Say} say told what is being done, and what it waits for
 * @param {string} [root] the clone
 * @throws {SetUpError} npm, the compiler or the bundler failed
 */
export async function prepare(say, root = projectRoot) {
  const home = join(root, '.marsdisk');
  mkdirSync(home, { recursive: true });
  let announced = false;
  const held = await acquire(join(home, 'build'), {
    onWait: ({ holder }) => {
      if (!announced) say(`another command is setting up this clone (${holder}); waiting for it`);
      announced = true;
    },
  });
  try {
    if (!packagesAreCurrent(root)) await install(say, root);
    if (!buildIsCurrent(root)) await build(say, root);
  } finally {
    release(held);
  }
}

/** @param {Say} say @param {string} root */
async function install(say, root) {
  const began = performance.now();
  const modules = join(root, 'node_modules');
  say('installing packages (npm ci); this takes a minute or two, once');
  // npm's own list of what it installed would outlive an npm ci that is killed while it empties the folder.
  rmSync(join(modules, '.marsdisk'), { force: true });
  rmSync(join(modules, '.package-lock.json'), { force: true });
  await runTool('npm', ['ci', '--include=dev', '--no-progress'], root, {
    what: 'npm ci failed',
    cure: 'Check that npm reaches its registry (npm ping), then type the command again.',
  });
  writeFileSync(join(modules, '.marsdisk'), lockHash(root));
  say(`packages installed in ${seconds(began)}`);
}

/** @param {Say} say @param {string} root */
async function build(say, root) {
  const began = performance.now();
  say(
    statSync(join(root, 'dist'), { throwIfNoEntry: false }) ? 'sources have changed: building' : 'building',
  );
  const stamp = JSON.stringify({ quick: quickHash(root), content: contentHash(root) });
  const fresh = join(root, `dist.${process.pid}.new`);
  const old = join(root, `dist.${process.pid}.old`);
  removeLeftovers(root);
  await Promise.all([
    runTool(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--noCheck', '--outDir', fresh],
      root,
      {
        what: 'the compiler found errors',
        cure: 'Correct them, or put the sources back (git status shows what has changed).',
      },
    ),
    runTool(process.execPath, [join(root, 'scripts/bundle.mjs'), join(fresh, 'workflow-bundle.js')], root, {
      what: 'the workflow bundle could not be built',
      cure: 'src/workflows may import only @temporalio/workflow, @temporalio/common and types.',
    }),
  ]);
  writeFileSync(join(fresh, 'stamp.json'), stamp);
  if (statSync(join(root, 'dist'), { throwIfNoEntry: false })) renameSync(join(root, 'dist'), old);
  renameSync(fresh, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
  say(`built in ${seconds(began)}`);
}

/**
 * Packages are current if we installed them from this lock file, or if npm's own list agrees with it.
 *
 * @param {string} root
 */
function packagesAreCurrent(root) {
  const stampFile = join(root, 'node_modules/.marsdisk');
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
function buildIsCurrent(root) {
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
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** A build that was killed leaves its folder. @param {string} root */
function removeLeftovers(root) {
  for (const name of readdirSync(root)) {
    if (/^dist\.\d+\.(new|old)$/.test(name)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {string} cwd
 * @param {{ what: string, cure: string }} failure
 * @returns {Promise<void>}
 */
function runTool(program, parameters, cwd, failure) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) =>
      reject(new SetUpError(`${failure.what}: ${error.message}. ${failure.cure}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new SetUpError(`${failure.what} (${signal ?? `exit ${code}`}):\n${output.trim()}\n${failure.cure}`),
        );
    });
  });
}

/** The first complaints tell the cause; what follows them is consequences and advice. @param {string} output */
function beginning(output) {
  const lines = output.trim().split('\n');
  return lines.length <= 20
    ? lines.join('\n')
    : `${lines.slice(0, 20).join('\n')}\n(${lines.length - 20} more lines)`;
}

/** @param {string} file */
function readIfThere(file) {
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

/** @param {number} began */
function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(0)} s`;
}
