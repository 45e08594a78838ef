// What npm test and CI share.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPrepared, projectRoot } from '../bin/current.mjs';
import { prepare, SetUpError } from '../bin/prepare.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {string} message */
const say = (message) => console.error(`marsdisk: ${message}`);

/** Packages, build and Temporal binary; a failure is printed, counted and ends the process. */
export async function prepareForTests() {
  try {
    if (!isPrepared()) await prepare(say);
    const { findTemporal } = await import('../dist/src/worker/server/binary.js');
    process.env.TEMPORAL_CLI = (await findTemporal({ onMessage: say })).path;
  } catch (error) {
    const expected =
      error instanceof SetUpError || (error instanceof Error && error.name === 'ServerUnavailable');
    console.error(expected ? `marsdisk: ${error.message}` : error);
    printCounts({ passed: 0, failed: 1, skipped: 0 });
    process.exit(1);
  }
}

/**
 * @param {string[]} parameters for jest
 * @returns {Promise<Counts>}
 */
export async function runJest(parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'marsdisk-jest-'));
  const results = join(folder, 'results.json');
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  const code = await run(process.execPath, [jest, '--json', '--outputFile', results, ...parameters]);
  try {
    return countsOf(JSON.parse(readFileSync(results, 'utf8')), code);
  } catch (error) {
    console.error(`jest left no results (exit ${code}): ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {any} results jest's JSON
 * @param {number} code jest's exit code
 * @returns {Counts} a file that could not even be loaded counts as one failed test
 */
function countsOf(results, code) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/**
 * Prints the line that closes a test run, and sets the exit code.
 *
 * @param {Counts} counts
 */
export function printCounts({ passed, failed, skipped }) {
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

/**
 * Runs a program in the clone, its output on ours.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @returns {Promise<number>} exit code; 1 if a signal ended it
 */
export function run(program, parameters) {
  const flags = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: projectRoot,
      env: { ...process.env, NODE_OPTIONS: flags.trim() },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
