import fs from 'node:fs';
import path from 'node:path';
import { readText, storeAt } from '../../../src/store/archive/objectStore.js';
import { manifestToRestore, restoreArchive } from '../../../src/store/archive/restore.js';
import { archivesAt } from '../../../src/store/archive/verifyArchive.js';
import { sha256 } from '../../../src/store/durable.js';
import { contentOf, markersIn } from './finishedRun.js';
import { type Fate, type S3Proxy, startS3Proxy } from './s3Proxy.js';
import { type S3Kind, type S3Server, s3Keys } from './s3Server.js';
import { inspected, stage } from './stage.js';

/** What an archive in a bucket promises. @param kind null where it cannot be installed: skipped, and counted as such */
export function bucketSuite(kind: S3Kind | null): void {
  const here = stage();
  (kind === null ? describe.skip : describe)('an archive in a bucket', () => {
    let server: S3Server;
    let proxy: S3Proxy;
    let fate: (request: { readonly method: string; readonly path: string }) => Fate;
    let bucket: string;
    let count = 0;
    const variables = { ...process.env };

    beforeAll(async () => {
      server = await kind!.start();
      proxy = await startS3Proxy(server.endpoint, (request) => fate(request));
      Object.assign(process.env, {
        AWS_ENDPOINT_URL: proxy.endpoint,
        ...s3Keys,
      });
    });
    afterAll(async () => {
      process.env = variables;
      await proxy?.close();
      server?.stop();
    });
    beforeEach(async () => {
      fate = () => 'pass';
      bucket = `archive-${count++}`;
      await server.makeBucket(bucket);
      here.dir = `s3://${bucket}/runs/2026`;
    });

    /** Every n-th request meets its fate, so many times. */
    const sometimes = (what: Fate, every: number, times = Number.POSITIVE_INFINITY) => {
      let requests = 0;
      let struck = 0;
      fate = () => {
        requests += 1;
        if (requests % every !== 0 || struck >= times) return 'pass';
        struck += 1;
        return what;
      };
    };

    it('is made, verified, brought up to date and restored like one in a folder', async () => {
      const run = await here.make();
      const before = contentOf(run);
      const { place, copied } = await here.archived(run, { keepLocal: 'none', verifyLevel: 'strict' });
      expect({ place, copied }).toEqual({ place: `s3://${bucket}/runs/2026/disk`, copied: 8 });
      expect(fs.readdirSync(run)).toEqual(['ARCHIVE_DONE']);
      expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [], files: 8, hashed: true });
      expect((await archivesAt(`s3://${bucket}`)).map((store) => store.place)).toEqual([place]);
      const store = await storeAt(place);
      expect(await store.list()).toEqual(
        [...Object.keys(before), 'ARCHIVE_DONE', 'archive_manifest.json'].sort(),
      );
      await restoreArchive(store, await manifestToRestore(store), run);
      expect(contentOf(run)).toEqual(before);
      fs.writeFileSync(path.join(run, 'plots', 'later.svg'), '<svg/>');
      expect(await here.archived(run)).toMatchObject({ copied: 1, files: 9 });
    });

    it('takes a file of several parts', async () => {
      const run = await here.make();
      fs.writeFileSync(path.join(run, 'plots', 'large.bin'), Buffer.alloc(20 << 20, 'large'));
      fs.writeFileSync(path.join(run, 'plots', 'empty'), '');
      const { place } = await here.archived(run, { verifyLevel: 'strict' });
      expect(await inspected(place)).toMatchObject({ damage: [], files: 10 });
    });

    it('of another run is refused', async () => {
      await here.archived(await here.make());
      const other = await here.make('elsewhere/disk', { runId: 'disk-bbbbbbbbbb' });
      await expect(here.archived(other)).rejects.toThrow(/holds another run/);
    });

    it('gives a name away once, also when the answer was lost', async () => {
      const store = await storeAt(here.dir);
      sometimes('lose', 1, 1);
      expect(await store.putNew('name', 'first')).toBe(true);
      expect(await store.putNew('name', 'second')).toBe(false);
      expect(await readText(store, 'name')).toBe('first');
    });

    it('is taken by one of twenty runs that want the same place at once; the others are refused and lose nothing', async () => {
      const letters = [...'abcdefghijklmnopqrst'];
      const runs: string[] = [];
      for (const [i, letter] of letters.entries()) {
        const made = { runId: `disk-${letter.repeat(10)}`, identity: sha256(letter), rows: 20 + i };
        runs.push(await here.make(`${letter}/disk`, made));
      }
      const before = runs.map(contentOf);
      const ends = await Promise.allSettled(runs.map((run) => here.archived(run, { keepLocal: 'none' })));
      const winners = ends.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      expect(winners).toHaveLength(1);
      const winner = winners[0]!;
      for (const [i, run] of runs.entries()) if (i !== winner) expect(contentOf(run)).toEqual(before[i]);
      const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
      expect(refusals.filter((reason) => !/holds another run/.test(reason))).toEqual([]);
      const place = `${here.dir}/disk`;
      expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [], files: 8 });
      const store = await storeAt(place);
      const target = path.join(here.folder, 'restored');
      await restoreArchive(store, await manifestToRestore(store), target);
      expect(contentOf(target)).toEqual(before[winner]);
    });

    it('whose store is slow is warned of with its speed, from enough bytes on', async () => {
      const run = await here.make();
      fs.writeFileSync(path.join(run, 'plots', 'large.bin'), Buffer.alloc(1 << 20, 'large'));
      fate = ({ method }) => (method === 'PUT' ? { pace: 1e6 } : 'pass');
      const { warnings } = await here.archived(run, { warnSlow: 2e6, warnSlowFrom: 1e6 });
      expect(warnings).toEqual([expect.stringMatching(/\/disk.*MB\/s/)]);
      const again = await here.make('few/few');
      expect((await here.archived(again, { warnSlow: 2e6, warnSlowFrom: 1e6 })).warnings).toEqual([]);
      fs.writeFileSync(path.join(again, 'plots', 'large.bin'), Buffer.alloc(1 << 20, 'large'));
      expect((await here.archived(again, { warnSlow: 1, warnSlowFrom: 1e6 })).warnings).toEqual([]);
    });

    it('whose changed object is found and mended', async () => {
      const run = await here.make();
      const { place } = await here.archived(run);
      await (await storeAt(place)).put('plots/overview.png', 'x'.repeat(5000));
      expect((await inspected(place)).damage).toEqual([
        { path: 'plots/overview.png', problem: expect.stringMatching(/has changed/) },
      ]);
      expect(await here.archived(run)).toMatchObject({ copied: 1 });
      expect((await inspected(place)).damage).toEqual([]);
    });

    // Such a store cannot be played in front of one that checks signatures: they cover the condition.
    (kind?.checksSignatures ? it.skip : it)(
      'of a store that ignores conditions is refused before anything is copied',
      async () => {
        fate = () => 'unconditional';
        const run = await here.make();
        await expect(here.archived(run, { keepLocal: 'none' })).rejects.toThrow(/ignores conditional writes/);
        expect(markersIn(run)).toEqual(['ARCHIVE_SKIPPED']);
        expect(Object.keys(contentOf(run))).toHaveLength(8);
        fate = () => 'pass';
        expect(await (await storeAt(`s3://${bucket}`)).list()).toEqual([]);
      },
    );

    it('whose bucket is missing, or whose keys are, is said with the cure', async () => {
      const run = await here.make();
      await expect(here.archived(run, { dir: 's3://no-such-bucket' })).rejects.toThrow(
        /NoSuchBucket.*Create the bucket first/,
      );
      expect(markersIn(run)).toEqual(['ARCHIVE_SKIPPED']);
    });

    it.each<[string, Fate]>([
      ['500s', { status: 500 }],
      ['503s', { status: 503 }],
      ['lost answers', 'lose'],
    ])('comes through %s in between', async (_what, what) => {
      const run = await here.make();
      const before = contentOf(run);
      sometimes(what, 3);
      const { place } = await here.archived(run, { keepLocal: 'none' });
      fate = () => 'pass';
      const store = await storeAt(place);
      const target = path.join(here.folder, 'restored');
      await restoreArchive(store, await manifestToRestore(store), target);
      expect(contentOf(target)).toEqual(before);
    });

    it('that falls silent is asked again', async () => {
      const run = await here.make();
      sometimes('silence', 12, 1);
      const { place } = await here.archived(run, { keepLocal: 'none' });
      expect(await inspected(place)).toMatchObject({ damage: [], files: 8 });
    });

    it('that goes away in the middle loses nothing, and the next attempt goes on', async () => {
      const run = await here.make();
      const before = contentOf(run);
      fate = ({ method, path: name }) =>
        method === 'PUT' && name.includes('run_config') ? { status: 500 } : 'pass';
      await expect(here.archived(run, { keepLocal: 'none' })).rejects.toThrow(
        /s3:\/\/archive-\d+\/run_config\.json at http.*HTTP 500/,
      );
      expect(markersIn(run)).toEqual(['INCOMPLETE']);
      expect(contentOf(run)).toEqual(before);
      fate = () => 'pass';
      const place = `${here.dir}/disk`;
      expect((await inspected(place)).damage[0]).toMatchObject({ path: 'INCOMPLETE' });
      expect((await here.archived(run, { keepLocal: 'none' })).copied).toBeLessThan(8);
      expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [] });
    });

    it('whose answers are cut off is read again, not believed', async () => {
      const run = await here.make();
      fate = ({ method, path: name }) => (method === 'GET' && name.includes('overview') ? 'cut' : 'pass');
      await expect(here.archived(run, { keepLocal: 'none' })).rejects.toThrow(/overview\.png was cut off/);
      expect(markersIn(run)).toEqual(['INCOMPLETE']);
      expect(Object.keys(contentOf(run))).toHaveLength(8);
    });
  });
}
