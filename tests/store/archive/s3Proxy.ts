/** Something between a client and an S3 server that breaks requests. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

/**
 * What happens to a request: it is passed on; answered with a status; never answered; passed on and its answer lost; passed on, and the
 * connection cut in the middle of the answer; passed on without its condition, as by a store that does not know conditions; passed on so
 * many bytes in a second.
 */
export type Fate =
  | 'pass'
  | 'silence'
  | 'lose'
  | 'cut'
  | 'unconditional'
  | { readonly status: number }
  | { readonly pace: number };

export interface S3Proxy {
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startS3Proxy(
  target: string,
  fate: (request: { readonly method: string; readonly path: string }) => Fate,
): Promise<S3Proxy> {
  const server = http.createServer((request, response) => {
    const what = fate({ method: request.method!, path: request.url! });
    if (what === 'silence') return void request.resume();
    if (typeof what === 'object' && 'status' in what) {
      request.resume();
      request.on('end', () => response.writeHead(what.status).end());
      return;
    }
    const { 'if-none-match': condition, ...others } = request.headers;
    const kept = what === 'unconditional' ? others : request.headers;
    // The signature covers neither the body nor what the server is told here.
    const passed = http.request(`${target}${request.url}`, { method: request.method!, headers: kept });
    if (typeof what === 'object') pipeline(request, throttle(what.pace), passed, () => {});
    else request.pipe(passed);
    passed.on('error', () => request.socket.destroy());
    passed.on('response', (answer) => {
      if (what === 'lose') return void answer.resume().on('end', () => request.socket.destroy());
      response.writeHead(answer.statusCode!, answer.headers);
      if (what !== 'cut') return void answer.pipe(response);
      answer.once('data', (bytes: Buffer) => {
        response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy());
        answer.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function throttle(bytesPerSecond: number): Transform {
  return new Transform({
    transform(bytes: Buffer, _, done) {
      void setTimeout((1000 * bytes.length) / bytesPerSecond).then(() => done(null, bytes));
    },
  });
}
