import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version that this project is tested with. */
export const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/** How long the SDK may take until the first byte arrives: without a network it would wait for minutes. */
const DOWNLOAD_BEGINS_MS = 10_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const GO_LIMIT_MS = 30 * 60_000;
const REPORT_EVERY_MS = 10_000;

/** Reads `import.meta.url` of a file beside which `bin` keeps its place, compiled or not. */
const DOWNLOAD_SCRIPT = fileURLToPath(new URL('../../../bin/downloadTemporal.mjs', import.meta.url));

/**
 * Lets the Temporal SDK download the CLI that it wants for its own version.
 * @param folder empty folder for the file
 * @returns the program's file
 * @throws with the reason, soon if there is no network
 */
export async function downloadThroughSdk(
  folder: string,
  onMessage: (message: string) => void,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  onMessage('no Temporal CLI on this machine yet: asking the Temporal SDK to download it');
  await run(process.execPath, [DOWNLOAD_SCRIPT, folder], environment, {
    limitMs: DOWNLOAD_LIMIT_MS,
    hasBegun: () => fs.readdirSync(folder).length > 0,
    report: (elapsed) => onMessage(`downloading the Temporal CLI, ${elapsed} s`),
  });
  const [name] = fs.readdirSync(folder).filter((entry) => !entry.endsWith('.downloading'));
  if (name === undefined) throw new Error('the SDK said it was done, but left no file');
  return path.join(folder, name);
}

/**
 * Compiles the CLI from its source, fetched as a Go module.
 * @param folder empty folder for the file
 * @returns the program's file
 * @throws with the end of go's output
 */
export async function installWithGo(
  folder: string,
  onMessage: (message: string) => void,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  onMessage(`building the Temporal CLI (go install ${CLI_MODULE}); this takes about three minutes, once`);
  await run(
    'go',
    ['install', CLI_MODULE],
    { ...environment, GOBIN: folder, CGO_ENABLED: '0' },
    {
      limitMs: GO_LIMIT_MS,
      report: (elapsed) => onMessage(`building the Temporal CLI, ${elapsed} s`),
    },
  );
  return path.join(folder, 'temporal');
}

interface Patience {
  readonly limitMs: number;
  readonly report: (elapsedSeconds: number) => void;
  readonly hasBegun?: () => boolean;
}

/** Runs a program to its end, saying every ten seconds how long it has taken. */
function run(
  program: string,
  parameters: string[],
  environment: NodeJS.ProcessEnv,
  patience: Patience,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const began = performance.now();
    let output = '';
    let stopped = '';
    const stop = (reason: string) => {
      stopped = reason;
      child.kill('SIGKILL');
    };
    const reports = setInterval(
      () => patience.report(Math.round((performance.now() - began) / 1000)),
      REPORT_EVERY_MS,
    );
    const limit = setTimeout(
      () => stop(`not done after ${patience.limitMs / 60_000} minutes`),
      patience.limitMs,
    );
    const beginning = setTimeout(() => {
      if (patience.hasBegun?.() === false)
        stop(`nothing arrived within ${DOWNLOAD_BEGINS_MS / 1000} s (no network?)`);
    }, DOWNLOAD_BEGINS_MS);
    const done = () => [reports, limit, beginning].forEach(clearTimeout);
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-2000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      done();
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      reject(missing ? new Error(`there is no program called ${program}`) : error);
    });
    child.on('close', (code, signal) => {
      done();
      if (code === 0) resolve();
      else reject(new Error(stopped || `${signal ?? `exit ${code}`}: ${output.trim()}`));
    });
  });
}
