/** Why nobody answers as a Temporal server: gRPC says it in no words, or not at all. */
import net from 'node:net';
import tls from 'node:tls';
import type { ConnectionOptions } from '@temporalio/client';

export interface NoAnswer {
  readonly why: string;
  /** What to set or to correct. */
  readonly cure: string;
}

/** For connecting and for the handshake each, ms. */
const patience = 1000;

/** With TLS 1.3 a server refuses the certificate of a client only after the handshake has ended, ms. */
const refusalAfter = 300;

const defaultPort = 7233;

const certificateOfServer = 'TEMPORAL_TLS_SERVER_CA_CERT_PATH (server_ca_cert_path in the profile)';
const certificateOfClient =
  'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH (client_cert_path, client_key_path in the profile)';
const correctAddress = 'Start it, or correct the address (TEMPORAL_ADDRESS or the profile).';

/** Tries the address by itself, first without TLS, then with it. Takes at most two seconds. */
export async function whyNoAnswer({ address, tls: wanted }: ConnectionOptions): Promise<NoAnswer> {
  const place = placeOf(address ?? '');
  const refused = await failureOf(net.connect(place), 'connect');
  if (refused !== null) return { why: unconnected(refused, place.host), cure: correctAddress };
  const options = wanted === true || !wanted ? {} : wanted;
  let failed: string | null;
  try {
    failed = await failureOf(tls.connect(tlsOptions(place, options, Boolean(wanted))), 'secureConnect');
  } catch (error) {
    failed = codeOf(error); // certificates that cannot be read are found before anything is sent
  }
  if (!wanted) return failed === null ? missingTls : stranger;
  return failed === null
    ? stranger
    : handshakeFailure(failed, place.host, options.clientCertPair !== undefined);
}

const stranger: NoAnswer = {
  why: 'something answers there, but not as a Temporal server',
  cure: `${correctAddress} A server behind a proxy may not have started yet.`,
};

const missingTls: NoAnswer = {
  why: 'it speaks TLS, and none is configured here',
  cure: `Set TEMPORAL_TLS=true, ${certificateOfServer} if its authority is not a public one, and the key or certificate that it wants.`,
};

function unconnected(code: string, host: string): string {
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the name ${host} is not known to this machine`;
  return 'nothing comes back from there (wrong address, or a firewall between)';
}

function handshakeFailure(code: string, host: string, withCertificate: boolean): NoAnswer {
  if (/SELF_SIGNED|UNABLE_TO|CERT_(UNTRUSTED|REJECTED|SIGNATURE)/.test(code)) {
    return {
      why: 'its TLS certificate is not signed by an authority that is trusted here',
      cure: `Name the file with the certificate of its authority in ${certificateOfServer}.`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return { why: 'its TLS certificate is not valid today', cure: 'Have it renewed, or correct the clock.' };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      why: `its TLS certificate is for another name than ${host}`,
      cure: 'Correct the address, or give the name of the certificate in TEMPORAL_TLS_SERVER_NAME (server_name in the profile).',
    };
  }
  if (/ALERT/.test(code)) {
    return {
      why: withCertificate ? 'it refuses the client certificate' : 'it wants a client certificate',
      cure: `${withCertificate ? 'Correct' : 'Set'} ${certificateOfClient}.`,
    };
  }
  if (/^ERR_OSSL/.test(code)) {
    return {
      why: 'the certificates or the key that are configured for TLS cannot be read, or do not belong together',
      cure: `Correct ${certificateOfServer}, ${certificateOfClient}.`,
    };
  }
  return {
    why: 'it does not speak TLS',
    cure: 'Correct the address, or set TEMPORAL_TLS=false (tls.disabled = true in the profile); an API key alone switches TLS on.',
  };
}

function placeOf(address: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(address) ?? [];
  return { host: bracketed ?? plain ?? address, port: Number(port ?? defaultPort) };
}

type TlsOptions = Exclude<NonNullable<ConnectionOptions['tls']>, boolean>;

function tlsOptions(
  place: { host: string; port: number },
  { serverRootCACertificate, clientCertPair, serverNameOverride }: TlsOptions,
  verify: boolean,
): tls.ConnectionOptions {
  return {
    ...place,
    ALPNProtocols: ['h2'],
    rejectUnauthorized: verify,
    ...(serverNameOverride
      ? { servername: serverNameOverride }
      : net.isIP(place.host)
        ? {}
        : { servername: place.host }),
    ...(serverRootCACertificate ? { ca: Buffer.from(serverRootCACertificate) } : {}),
    ...(clientCertPair
      ? { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }
      : {}),
  };
}

/** @returns the code of what went wrong, null when nothing did */
function failureOf(socket: net.Socket, done: 'connect' | 'secureConnect'): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (code: string | null) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(code);
    };
    let limit = setTimeout(() => end('ETIMEDOUT'), patience);
    socket.on('error', (error) => end(codeOf(error)));
    socket.once(done, () => {
      if (done === 'connect') return end(null);
      clearTimeout(limit);
      limit = setTimeout(() => end(null), refusalAfter);
    });
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
