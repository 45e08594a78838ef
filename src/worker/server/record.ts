import fs from 'node:fs';
import { writeDurably } from '../../store/durable.js';

/** What `server.json` says about the server that was started last: enough to adopt it, or to know that it is dead. */
export interface ServerRecord {
  /** `host:pid:starttime` of the server process. */
  readonly identity: string;
  readonly port: number;
  readonly uiPort: number;
  readonly database: string;
}

/** The record, or null if there is none or it was torn by a power cut (which ended the server, too). */
export function readRecord(file: string): ServerRecord | null {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(text) as ServerRecord;
  } catch {
    return null;
  }
}

/** Writes the record so that it survives a power cut. */
export function writeRecord(file: string, record: ServerRecord): void {
  writeDurably(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Removes the record of a server that has ended. */
export function removeRecord(file: string): void {
  fs.rmSync(file, { force: true });
}
