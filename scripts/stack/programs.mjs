// Running other programs to their end.

import { spawn } from 'node:child_process';
import { StackError } from './failure.mjs';

/**
 * @typedef {{ environment?: Record<string, string>, account?: { uid: number, gid: number }, input?: string, limitMs?: number }} Conditions
 */

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {Conditions} [conditions] account: who runs it; limitMs: it is killed after this
 * @returns {Promise<string>} standard output and standard error, in the order in which they came
 * @throws {StackError} with the end of its output, when it fails
 */
export async function run(program, parameters, conditions = {}) {
  const { code, output } = await attempt(program, parameters, conditions);
  if (code === 0) return output;
  throw new StackError(`${program} ${parameters.join(' ')} failed (${code}):\n${output.trim().slice(-2000)}`);
}

/**
 * Like `run`, but a failure is an answer, too.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {Conditions} [conditions]
 * @returns {Promise<{ code: number | string, output: string }>} exit code, or the name of the signal that ended it
 */
export function attempt(program, parameters, { environment, account, limitMs = 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
      // Another account may not be allowed to look into the present folder.
      ...(account ? { uid: account.uid, gid: account.gid, cwd: '/' } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    // Not 'close': a daemon that the program leaves behind may hold its output open.
    child.on('exit', (code, signal) =>
      setImmediate(() => resolve({ code: code ?? signal ?? 'unknown', output })),
    );
  });
}
