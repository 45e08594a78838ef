/**
 * Archives on an S3 server that keeps objects in files and checks signatures: everything that tests/store/archive/s3Suite.ts asks of one, and
 * the one thing that a server in memory cannot show: what it has taken outlives its SIGKILL.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { comparedFiles, marsdisk, start } from '../durability/command.js';
import { scratch } from '../durability/folders.js';
import { startS3Proxy } from '../store/archive/s3Proxy.js';
import { s3Keys } from '../store/archive/s3Server.js';
import { bucketSuite } from '../store/archive/s3Suite.js';
import { type Gateway, gateway, gatewayProgram, startGateway } from './gateway.js';

const folder = scratch();
const program = gatewayProgram();

function emptyFolder(name: string): string {
  const made = path.join(folder, name);
  fs.mkdirSync(made);
  return made;
}

bucketSuite(gateway(program, () => emptyFolder('suite')));

(program === null ? describe.skip : describe)('a gateway that is killed while a run is archived', () => {
  let server: Gateway;
  afterAll(() => server?.stop());

  it('loses nothing that it has taken, and the archive is whole in the end', async () => {
    server = await startGateway(program!, emptyFolder('killed'));
    await server.makeBucket('archive');
    let puts = 0;
    let killed: Promise<void> | null = null;
    const proxy = await startS3Proxy(server.endpoint, ({ method }) => {
      if (method === 'PUT' && ++puts === 5) killed = server.restart();
      return 'pass';
    });
    const environment = { AWS_ENDPOINT_URL: proxy.endpoint, ...s3Keys };
    const home = path.join(folder, 'home');
    const outdir = path.join(folder, 'run');
    const job = [
      'run',
      'configs/quickstart.yml',
      'io.figures=false',
      'io.archive.enabled=true',
      'io.archive.keep_local=all',
    ];
    const archived = [...job, 'io.archive.dir=s3://archive/runs', '--outdir', outdir];
    try {
      expect(await start(home, archived, { environment }).ended).toMatchObject({ code: 0 });
      await killed;
      expect(killed).not.toBeNull();
      const place = 's3://archive/runs/run';
      expect(await marsdisk(home, ['archive', 'verify', place], { environment })).toMatchObject({ code: 0 });
      const target = path.join(folder, 'restored');
      const restore = ['archive', 'restore', place, '--to', target];
      expect(await marsdisk(home, restore, { environment })).toMatchObject({ code: 0 });
      expect(comparedFiles(target)).toEqual(comparedFiles(outdir));
    } finally {
      await proxy.close();
    }
  });
});
