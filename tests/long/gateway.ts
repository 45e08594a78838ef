/** A real S3 server whose objects are files: versitygw, built from its Go module into the cache outside the clone. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { type S3Kind, type S3Server, s3Keys } from '../store/archive/s3Server.js';

const VERSION = 'v1.8.0';
const MODULE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;
const STARTS_WITHIN_MS = 30_000;

/** @returns null, with the reason on stderr, where it cannot be built */
export function gatewayProgram(): string | null {
  const base = process.env.XDG_CACHE_HOME || path.join(process.env.HOME || homedir(), '.cache');
  const folder = path.join(base, 'marsdisk', `versitygw-${VERSION}`);
  const program = path.join(folder, 'versitygw');
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(folder, { recursive: true });
  process.stderr.write(`building ${MODULE}: some minutes, once\n`);
  try {
    const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' };
    execFileSync('go', ['install', MODULE], { env, stdio: 'pipe', timeout: 1_200_000 });
    return program;
  } catch (error) {
    process.stderr.write(`no S3 gateway for the tests: ${(error as Error).message.split('\n')[0]}\n`);
    return null;
  }
}

export interface Gateway extends S3Server {
  /** SIGKILL, and again on the same folder and port. */
  restart(): Promise<void>;
}

/** @param folder of the objects; must exist */
export async function startGateway(program: string, folder: string): Promise<Gateway> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const begin = async () => {
    const child = spawn(program, ['--port', `127.0.0.1:${port}`, '--health', '/health', 'posix', folder], {
      env: {
        ...process.env,
        ROOT_ACCESS_KEY: s3Keys.AWS_ACCESS_KEY_ID,
        ROOT_SECRET_KEY: s3Keys.AWS_SECRET_ACCESS_KEY,
        VGW_QUIET: 'true',
      },
      stdio: 'ignore',
    });
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const until = performance.now() + STARTS_WITHIN_MS;
    while (!(await answers(`${endpoint}/health`))) {
      if (performance.now() > until || child.exitCode !== null) throw new Error(`${program} does not start`);
      await pass(50);
    }
    return { child, gone };
  };
  let running = await begin();
  const kill = async () => {
    running.child.kill('SIGKILL');
    await running.gone;
  };
  return {
    endpoint,
    // A folder is a bucket.
    makeBucket: (name) => fs.promises.mkdir(path.join(folder, name)),
    stop: () => void running.child.kill('SIGKILL'),
    restart: async () => {
      await kill();
      running = await begin();
    },
  };
}

export function gateway(program: string | null, folder: () => string): S3Kind | null {
  if (program === null) return null;
  return { checksSignatures: true, start: () => startGateway(program, folder()) };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
