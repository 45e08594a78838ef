/** A real S3 server on this machine: moto from PyPI, in a Python environment that is kept outside the clone. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { acquire, release } from '../../../bin/processLock.mjs';

/** Without moto's own extra `server`, which brings ten times as much for services other than S3. */
const PACKAGES = ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'];
const INSTALL_WITHIN_MS = 300_000;

export const s3Keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test-secret' };

export interface S3Server {
  readonly endpoint: string;
  makeBucket(name: string): Promise<void>;
  stop(): void;
}

/** An S3 server that can be started here, with nothing in it and on a free port. */
export interface S3Kind {
  readonly checksSignatures: boolean;
  start(): Promise<S3Server>;
}

/** Null, with the reason on stderr, where moto cannot be installed. */
export async function moto(): Promise<S3Kind | null> {
  const program = await motoProgram();
  return program === null ? null : { checksSignatures: false, start: () => startMoto(program) };
}

/** The program of the server, installed when it is not there yet. */
async function motoProgram(): Promise<string | null> {
  const base = process.env.XDG_CACHE_HOME || path.join(process.env.HOME || homedir(), '.cache');
  const cache = path.join(base, 'marsdisk');
  const folder = path.join(cache, 'moto-5.2.5');
  const program = path.join(folder, 'bin', 'moto_server');
  if (fs.existsSync(path.join(folder, 'complete'))) return program;
  fs.mkdirSync(cache, { recursive: true });
  const held = await acquire(path.join(cache, 'moto'), { onWait: () => {} });
  try {
    if (!fs.existsSync(path.join(folder, 'complete'))) install(folder);
    return program;
  } catch (error) {
    process.stderr.write(`no S3 server for the tests: ${(error as Error).message.split('\n')[0]}\n`);
    return null;
  } finally {
    release(held);
  }
}

/** Programs of such an environment name its folder, so it is made in place; the last file says that it is whole. */
function install(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  const options = { stdio: 'pipe', timeout: INSTALL_WITHIN_MS } as const;
  execFileSync('python3', ['-m', 'venv', folder], options);
  execFileSync(path.join(folder, 'bin', 'pip'), ['install', '-q', '--no-input', ...PACKAGES], options);
  fs.writeFileSync(path.join(folder, 'complete'), `${PACKAGES.join('\n')}\n`);
}

async function startMoto(program: string): Promise<S3Server> {
  const child = spawn(program, ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found !== null) resolve(found[1]!);
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`the S3 server ended:\n${said}`)));
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const makeBucket = async (name: string) => {
    const { status } = await fetch(`${endpoint}/${name}`, { method: 'PUT' });
    if (status !== 200) throw new Error(`bucket ${name}: HTTP ${status}`);
  };
  return { endpoint, makeBucket, stop: () => void child.kill('SIGKILL') };
}
