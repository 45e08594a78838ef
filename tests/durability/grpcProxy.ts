/** Something between a command and the server: TLS, a key that it asks for, and a server that goes away at a named call. */
import http2 from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';

/** What happens to a call: it is passed on, never answered, answered with a status of gRPC, or the whole server is gone with it. */
export type Fate = 'pass' | 'ignore' | 'die' | { readonly status: number };

export interface ProxyOptions {
  /** The server behind it, `HOST:PORT`. */
  readonly target: string;
  /** PEM; `clientAuthority`: clients must show a certificate that it has signed. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly clientAuthority?: Buffer };
  /** Answers UNAUTHENTICATED to who does not send it as a bearer token. */
  readonly apiKey?: string;
  /** By the name of the method, like `StartWorkflowExecution`. */
  readonly fate?: (method: string) => Fate;
}

export interface GrpcProxy {
  readonly address: string;
  /** The gRPC libraries whose calls were passed on: `grpc-node-js` of clients, `tonic` of workers. */
  readonly callers: ReadonlySet<string>;
  close(): Promise<void>;
}

export async function startProxy(options: ProxyOptions): Promise<GrpcProxy> {
  const upstream = http2.connect(`http://${options.target}`);
  upstream.on('error', () => {}); // its streams say it
  const server = options.tls === undefined ? http2.createServer() : secureServer(options.tls);
  const sockets = new Set<Socket>();
  const callers = new Set<string>();
  const gone = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
    stream.on('error', () => {});
    const fate = options.fate?.(headers[':path']!.split('/').at(-1)!) ?? 'pass';
    if (fate === 'ignore') return;
    if (fate === 'die') return gone();
    const known = options.apiKey === undefined || headers.authorization === `Bearer ${options.apiKey}`;
    if (!known) return refuse(stream, 16);
    if (fate !== 'pass') return refuse(stream, fate.status);
    callers.add(String(headers['user-agent']).replace(/[/ ].*/, ''));
    passOn(stream, upstream.request({ ...headers, ':authority': options.target, ':scheme': 'http' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    callers,
    close: () =>
      new Promise((resolve) => {
        upstream.destroy();
        if (!server.listening) return resolve();
        server.once('close', resolve);
        gone();
      }),
  };
}

function secureServer({ cert, key, clientAuthority }: NonNullable<ProxyOptions['tls']>) {
  const client = clientAuthority === undefined ? {} : { ca: clientAuthority, requestCert: true };
  return http2.createSecureServer({ cert, key, ...client, rejectUnauthorized: true });
}

function refuse(stream: http2.ServerHttp2Stream, status: number): void {
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(status),
      'grpc-message': 'raw words',
    },
    { endStream: true },
  );
}

function passOn(stream: http2.ServerHttp2Stream, request: http2.ClientHttp2Stream): void {
  let trailers: http2.IncomingHttpHeaders = {};
  request.on('error', () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
  request.on('response', (headers) => {
    if (headers['grpc-status'] !== undefined) stream.respond(headers, { endStream: true });
    else {
      stream.respond(headers, { waitForTrailers: true });
      request.pipe(stream);
    }
  });
  request.on('trailers', (headers) => {
    trailers = headers;
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('close', () => request.close(http2.constants.NGHTTP2_CANCEL));
  stream.pipe(request);
}
