import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { type ServerInUse, useServer } from '../../../src/worker/server/embedded.js';
import { scratch } from '../folders.js';

/** A folder, and in it a server for all tests of a file, so that none of their commands has to start it. */
export function sharedServer(): {
  readonly folder: string;
  readonly home: string;
  withClient<T>(act: (client: Client) => Promise<T>): Promise<T>;
} {
  let server: ServerInUse;
  afterAll(() => server.release()); // before the folder goes: hooks run in the order in which they are written
  const folder = scratch();
  const home = path.join(folder, 'home');
  beforeAll(async () => {
    server = await useServer({ home, onMessage: () => {} });
  });
  return {
    folder,
    home,
    async withClient(act) {
      const connection = await Connection.connect({ address: server.address });
      try {
        return await act(new Client({ connection }));
      } finally {
        await connection.close();
      }
    },
  };
}
