import { createServer, type Server } from 'node:net';

/** Two different free ports of the loopback address. Another process may still take them before they are used. */
export async function twoFreePorts(): Promise<[number, number]> {
  // Both are held open at once, or the system may give the same one twice.
  const [first, second] = await Promise.all([listen(0), listen(0)]);
  const ports: [number, number] = [portOf(first), portOf(second)];
  await Promise.all([close(first), close(second)]);
  return ports;
}

/** Whether a port of the loopback address can be listened on now. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening TCP socket has a port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
