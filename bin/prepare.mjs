/** First use and rebuild: installs the packages and compiles the sources when they are missing or not the current ones. */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  buildIsCurrent,
  buildStamp,
  lockHash,
  packageStamp,
  packagesAreCurrent,
  projectRoot,
  readIfThere,
} from './current.mjs';
import { acquire, isAlive, processIdentity, release } from './processLock.mjs';

/** Installation or build failed; the message says what to do. */
export class SetUpError extends Error {}

/** @typedef {(message: string) => void} Say */

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
    await untilToolsEnd(say, root);
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
  rmSync(packageStamp(root), { force: true });
  rmSync(join(modules, '.package-lock.json'), { force: true });
  await runTool('npm', ['ci', '--include=dev', '--no-progress'], root, {
    what: 'npm ci failed',
    cure: 'Check that npm reaches its registry (npm ping), then type the command again.',
  });
  writeFileSync(packageStamp(root), lockHash(root));
  say(`packages installed in ${seconds(began)}`);
}

/** @param {Say} say @param {string} root */
async function build(say, root) {
  const began = performance.now();
  say(
    statSync(join(root, 'dist'), { throwIfNoEntry: false }) ? 'sources have changed: building' : 'building',
  );
  const stamp = buildStamp(root);
  const fresh = join(root, `dist.${process.pid}.new`);
  const old = join(root, `dist.${process.pid}.old`);
  removeLeftovers(root);
  // Types are checked by npm run check and CI; without that a build takes half the time.
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

/** A build that was killed leaves its folder. @param {string} root */
function removeLeftovers(root) {
  for (const name of readdirSync(root)) {
    if (/^dist\.\d+\.(new|old)$/.test(name)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {string} root
 * @param {{ what: string, cure: string }} failure
 * @returns {Promise<void>}
 */
function runTool(program, parameters, root, failure) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    writeFileSync(toolsFile(root), `${processIdentity(child.pid)}\n`, { flag: 'a' });
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
          new SetUpError(
            `${failure.what} (${signal ?? `exit ${code}`}):\n${beginning(output)}\n${failure.cure}`,
          ),
        );
    });
  });
}

/**
 * When a set-up was killed, the npm that it had started may go on alone; another one beside it would spoil both.
 *
 * @param {Say} say
 * @param {string} root
 */
async function untilToolsEnd(say, root) {
  const tools = (readIfThere(toolsFile(root)) ?? '')
    .split('\n')
    .filter((identity) => isAlive(identity) === true);
  if (tools.length > 0) say('a set-up was killed, but its tools still run; waiting for them to end');
  for (const identity of tools) while (isAlive(identity) === true) await sleep(100);
  rmSync(toolsFile(root), { force: true });
}

/** @param {string} root */
function toolsFile(root) {
  return join(root, '.marsdisk/build.tools');
}

/** The first complaints tell the cause; what follows them is consequences and advice. @param {string} output */
function beginning(output) {
  const lines = output.trim().split('\n');
  return lines.length <= 20
    ? lines.join('\n')
    : `${lines.slice(0, 20).join('\n')}\n(${lines.length - 20} more lines)`;
}

/** @param {number} began */
function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(0)} s`;
}
