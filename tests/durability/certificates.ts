/** Certificate authorities and what they have signed, made by openssl for one test. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

const ofAuthority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';

/** Signs itself; for a certificate of a server give the address that it is for, like `IP:127.0.0.1`. */
export function authority(folder: string, name: string) {
  mkdirSync(folder, { recursive: true });
  const own = signed(folder, name, ofAuthority, []);
  return {
    ...own,
    sign: (holder: string, address: string): Certificate =>
      signed(folder, `${name}-${holder}`, `subjectAltName=${address}\n`, [
        '-CA',
        own.certFile,
        '-CAkey',
        own.keyFile,
        '-set_serial',
        '2',
      ]),
  };
}

function signed(folder: string, name: string, extensions: string, signer: readonly string[]): Certificate {
  const [certFile, keyFile, requestFile, extensionFile] = ['pem', 'key', 'csr', 'ext'].map((kind) =>
    path.join(folder, `${name}.${kind}`),
  ) as [string, string, string, string];
  writeFileSync(extensionFile, extensions);
  openssl(['ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', keyFile]);
  openssl(['req', '-new', '-key', keyFile, '-subj', `/CN=${name}`, '-out', requestFile]);
  const by = signer.length === 0 ? ['-signkey', keyFile] : signer;
  openssl([
    'x509',
    '-req',
    '-in',
    requestFile,
    '-days',
    '2',
    '-extfile',
    extensionFile,
    '-out',
    certFile,
    ...by,
  ]);
  return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) };
}

function openssl(parameters: readonly string[]): void {
  execFileSync('openssl', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
}
