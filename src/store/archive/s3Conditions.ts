import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ArchiveRefused } from './refused.js';
import { type Bucket, statusOf } from './s3Bucket.js';

/**
 * Asks the store to create an object twice. One that takes both ignores the condition without a word, and would let two runs write into
 * one archive.
 * @throws ArchiveRefused when it does
 */
export async function requireConditions(bucket: Bucket, keyOf: (name: string) => string): Promise<void> {
  const name = `.marsdisk-probe-${randomUUID()}`;
  const object = { Bucket: bucket.name, Key: keyOf(name) };
  const create = (Body: string) =>
    bucket.ask(name, (client) => client.send(new PutObjectCommand({ ...object, Body, IfNoneMatch: '*' })));
  try {
    await createFirst(create);
    const refused = await create('second').then(
      () => false,
      (error: unknown) => isRefusal(error) || Promise.reject(error as Error),
    );
    if (refused) return;
    throw new ArchiveRefused(
      `the object store at ${bucket.endpoint ?? 'Amazon'} ignores conditional writes (If-None-Match), so that runs could overwrite ` +
        'each other; use another store, or a folder',
    );
  } finally {
    await bucket.ask(name, (client) => client.send(new DeleteObjectCommand(object))).catch(() => {});
  }
}

/** Repeated after a lost answer, the first is refused as well. */
async function createFirst(create: (body: string) => Promise<unknown>): Promise<void> {
  try {
    await create('first');
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return [409, 412].includes(statusOf(error) ?? 0);
}
