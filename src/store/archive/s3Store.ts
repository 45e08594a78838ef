import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Copied, type ObjectStore, type PutOptions, readText } from './objectStore.js';
import { type Bucket, bucketAt, statusOf } from './s3Bucket.js';
import { requireConditions } from './s3Conditions.js';

/** Least size of a part of an upload, bytes; one object has at most 10,000 parts. */
const PART = 8 << 20;
const MOST_PARTS = 9000;

/** Parts on their way at a time: each is in memory. */
const AT_ONCE = 2;

/** @param place s3://bucket/prefix */
export function openS3(place: string): S3Store {
  const { bucket, prefix } = /^s3:\/\/(?<bucket>[^/]+)\/*(?<prefix>.*?)\/*$/i.exec(place)!.groups!;
  return new S3Store(bucketAt(bucket!), prefix!);
}

/** An archive in a bucket. Objects appear whole or not at all, which is the promise of S3 itself. */
export class S3Store implements ObjectStore {
  readonly place: string;

  constructor(
    private readonly bucket: Bucket,
    private readonly prefix: string,
  ) {
    this.place = `s3://${[bucket.name, prefix].filter((part) => part !== '').join('/')}`;
  }

  below(name: string): S3Store {
    return new S3Store(this.bucket, this.key(name));
  }

  async open(): Promise<void> {
    await requireConditions(this.bucket, (name) => this.key(name));
  }

  async putFile(name: string, file: string, { onBytes }: PutOptions): Promise<Copied> {
    const hash = createHash('sha256');
    let bytes = 0;
    const content = async function* () {
      for await (const block of fs.createReadStream(file, { highWaterMark: 1 << 20 })) {
        hash.update(block);
        bytes += block.length;
        onBytes(block.length);
        yield block;
      }
    };
    const partSize = Math.max(PART, Math.ceil(fs.statSync(file).size / MOST_PARTS));
    const params = { ...this.at(name), Body: Readable.from(content(), { objectMode: false }) };
    await this.bucket.ask(name, (client) =>
      new Upload({ client, params, partSize, queueSize: AT_ONCE }).done(),
    );
    return { bytes, sha256: hash.digest('hex') };
  }

  async put(name: string, text: string): Promise<void> {
    await this.bucket.ask(name, (client) =>
      client.send(new PutObjectCommand({ ...this.at(name), Body: text })),
    );
  }

  async putNew(name: string, text: string): Promise<boolean> {
    try {
      await this.bucket.ask(name, (client) =>
        client.send(new PutObjectCommand({ ...this.at(name), Body: text, IfNoneMatch: '*' })),
      );
      return true;
    } catch (error) {
      if (![409, 412].includes(statusOf(error) ?? 0)) throw error;
      return (await readText(this, name)) === text; // the first try was taken, and its answer lost
    }
  }

  async read(name: string): Promise<AsyncIterable<Uint8Array> | null> {
    const answer = await this.orNull(() =>
      this.bucket.ask(name, (client) => client.send(new GetObjectCommand(this.at(name)))),
    );
    return answer === null ? null : this.pieces(name, answer.Body as Readable);
  }

  /** A connection that breaks says nothing of the object. */
  private async *pieces(name: string, body: Readable): AsyncIterable<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw new Error(`${this.place}/${name} was cut off while it was read: ${(error as Error).message}`);
    }
  }

  async range(name: string, start: number, end: number): Promise<Uint8Array> {
    const Range = `bytes=${start}-${end - 1}`;
    const answer = await this.bucket.ask(name, (client) =>
      client.send(new GetObjectCommand({ ...this.at(name), Range })),
    );
    const bytes = await this.bucket.ask(name, () => answer.Body!.transformToByteArray());
    if (bytes.length !== end - start) throw new Error(`${this.place}/${name} ends before byte ${end}`);
    return bytes;
  }

  async size(name: string): Promise<number | null> {
    const answer = await this.orNull(() =>
      this.bucket.ask(name, (client) => client.send(new HeadObjectCommand(this.at(name)))),
    );
    return answer?.ContentLength ?? null;
  }

  async list(): Promise<string[]> {
    return this.bucket.ask('', async (client) => {
      const names: string[] = [];
      const { name: Bucket } = this.bucket;
      const Prefix = this.prefix === '' ? '' : `${this.prefix}/`;
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        names.push(...(page.Contents ?? []).map(({ Key }) => Key!.slice(Prefix.length)));
      }
      return names.sort();
    });
  }

  /** Uploads that were never completed are invisible, but cost their owner money. */
  async sweep(): Promise<void> {
    const { name: Bucket } = this.bucket;
    const Prefix = `${this.prefix}/`;
    const { Uploads = [] } = await this.bucket.ask('', (client) =>
      client.send(new ListMultipartUploadsCommand({ Bucket, Prefix })),
    );
    for (const { Key, UploadId } of Uploads) {
      await this.orNull(() =>
        this.bucket.ask(Key!, (client) =>
          client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })),
        ),
      );
    }
  }

  async remove(name: string): Promise<void> {
    await this.bucket.ask(name, (client) => client.send(new DeleteObjectCommand(this.at(name))));
  }

  async free(): Promise<null> {
    return null;
  }

  async volume(): Promise<Readonly<Record<string, unknown>>> {
    return { bucket: this.bucket.name, endpoint: this.bucket.endpoint };
  }

  private key(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}/${name}`;
  }

  private at(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket.name, Key: this.key(name) };
  }

  private async orNull<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }
}
