/** A run whose archive is a bucket: killed in the middle of the copy, and a store that fails for a while. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentOf, markersIn } from '../store/archive/finishedRun.js';
import { type Fate, type S3Proxy, startS3Proxy } from '../store/archive/s3Proxy.js';
import { moto, type S3Server, s3Keys } from '../store/archive/s3Server.js';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();
const home = path.join(folder, 'home');
const policy = { heartbeatTimeout: 3 };
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const place = 's3://archive/runs';
const archived = [...run, 'io.archive.enabled=true', `io.archive.dir=${place}`, 'io.archive.keep_local=none'];
const kind = await moto();

/** Skipped, and counted as such, where no S3 server can be installed. */
const withS3 = kind === null ? describe.skip : describe;

withS3('a run whose archive is a bucket', () => {
  let server: S3Server;
  let proxy: S3Proxy;
  let fate: () => Fate = () => 'pass';
  let environment: Record<string, string>;
  let quiet: Record<string, string>;

  beforeAll(async () => {
    server = await kind!.start();
    proxy = await startS3Proxy(server.endpoint, () => fate());
    environment = { AWS_ENDPOINT_URL: proxy.endpoint, ...s3Keys };
    await server.makeBucket('archive');
    const outdir = path.join(folder, 'quiet');
    expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    quiet = comparedFiles(outdir);
  });
  afterAll(async () => {
    await proxy?.close();
    server?.stop();
  });

  async function requireWhole(name: string): Promise<void> {
    const verified = await marsdisk(home, ['archive', 'verify', `${place}/${name}`], { environment });
    expect(verified).toMatchObject({ code: 0 });
    const target = path.join(folder, 'restored', name);
    const restore = ['archive', 'restore', `${place}/${name}`, '--to', target];
    expect(await marsdisk(home, restore, { environment })).toMatchObject({ code: 0 });
    expect(comparedFiles(target)).toEqual(quiet);
  }

  it('goes on after a kill in the middle of the copy, and answers from the bucket', async () => {
    const outdir = path.join(folder, 'killed');
    const command = [...archived, '--outdir', outdir];
    const kill: Kill = { at: 'archive-copied', count: 4, what: 'all' };
    expect(await marsdisk(home, command, { kill, policy, environment })).toMatchObject({ signal: 'SIGKILL' });
    expect(markersIn(outdir)).toEqual(['INCOMPLETE']);
    expect(comparedFiles(outdir)).toEqual(quiet);
    const ended = await marsdisk(home, command, { policy, environment });
    expect(ended).toMatchObject({ code: 0 });
    expect(Object.keys(contentOf(outdir))).toEqual([]);
    await requireWhole('killed');
    expect(await marsdisk(home, command, { environment })).toMatchObject({ code: 0, stdout: ended.stdout });
    expect(ended.stdout).toContain(`${place}/killed/series/run.parquet`);
  });

  it('says that its store fails, and goes on by itself when it works again', async () => {
    const outdir = path.join(folder, 'failing');
    fate = () => ({ status: 500 });
    const running = start(home, [...archived, '--outdir', outdir], { environment });
    await running.said(/archiveRun: attempt \d+ failed \(s3:\/\/archive.*HTTP 500.*trying again/);
    expect(readFileSync(path.join(outdir, 'ARCHIVE_SKIPPED'), 'utf8')).toMatch(/HTTP 500/);
    expect(comparedFiles(outdir)).toEqual(quiet);
    fate = () => 'pass';
    expect(await running.ended).toMatchObject({ code: 0 });
    await requireWhole('failing');
  });
});
