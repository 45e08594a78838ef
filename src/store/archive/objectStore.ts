/** Where archives lie, whatever it is made of. Names are relative and have slashes. */
export interface ObjectStore {
  /** As a user would name it: a folder, or s3://bucket/prefix. */
  readonly place: string;
  /** A store below this one. */
  below(name: string): ObjectStore;
  /**
   * Looks, before anything is written, whether the store is there, may be written, and keeps its promises.
   * @throws ArchiveRefused when it never will, any other error when it may come back
   */
  open(): Promise<void>;
  /** Copies a file whole and durably, replacing what has the name. */
  putFile(name: string, file: string, options: PutOptions): Promise<Copied>;
  put(name: string, text: string): Promise<void>;
  /** @returns false when the name is taken. Of racing callers one wins. */
  putNew(name: string, text: string): Promise<boolean>;
  /** Content in pieces; null: no such object. */
  read(name: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Bytes from `start` up to `end`, which must be there. */
  range(name: string, start: number, end: number): Promise<Uint8Array>;
  /** Bytes; null: no such object. */
  size(name: string): Promise<number | null>;
  /** Names of all finished objects. */
  list(): Promise<string[]>;
  /** Removes what writers that died have left behind. */
  sweep(): Promise<void>;
  /** An object that is not there is no error. */
  remove(name: string): Promise<void>;
  /** Bytes that it can still take; null: nobody knows. */
  free(): Promise<number | null>;
  /** What it is made of, for the record. */
  volume(): Promise<Readonly<Record<string, unknown>>>;
}

export interface PutOptions {
  /** Modification time of the copy, ms; a store without such times keeps none. */
  readonly mtimeMs: number;
  /** Told of every piece. */
  readonly onBytes: (bytes: number) => void;
}

export interface Copied {
  readonly bytes: number;
  readonly sha256: string;
}

/** @param place folder, or s3://bucket/prefix */
export async function storeAt(place: string): Promise<ObjectStore> {
  if (/^s3:\/\//i.test(place)) {
    const { openS3 } = await import('./s3Store.js');
    return openS3(place);
  }
  const { FolderStore } = await import('./folderStore.js');
  return new FolderStore(place);
}

/** Whole content of a small object; null: none. */
export async function readText(store: ObjectStore, name: string): Promise<string | null> {
  const content = await store.read(name);
  if (content === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece.slice());
  return Buffer.concat(pieces).toString('utf8');
}
