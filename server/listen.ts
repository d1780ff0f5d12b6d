import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Browsers may take `localhost` for either loopback address, whatever this machine's resolver says
 * (RFC 6761, section 6.3): listen on both.
 */
const addressesOf = (host: string) => (host === 'localhost' ? ['127.0.0.1', '::1'] : [host]);

/** Whether only this machine reaches what listens on a host. */
export const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

/** A machine without IPv6 has no `::1`. */
const noSuchAddress = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/**
 * Listens on all addresses of a host, on the same port.
 * @returns one server for each address, at least one
 */
export async function listen(
  host: string,
  port: number,
  create: () => Server,
): Promise<[Server, ...Server[]]> {
  const [first, ...others] = addressesOf(host);
  const servers: [Server, ...Server[]] = [await open(create(), first!, port)];
  for (const address of others) {
    try {
      servers.push(await open(create(), address, portOf(servers[0])));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (noSuchAddress.includes(code)) continue;
      await Promise.all(servers.map(stop));
      // A port that was free on the first address only: any other will do.
      if (code === 'EADDRINUSE' && port === 0) return listen(host, port, create);
      throw error;
    }
  }
  return servers;
}

export const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Stops listening, and cuts the remaining connections. */
export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function open(server: Server, host: string, port: number): Promise<Server> {
  server.listen({ host, port });
  await once(server, 'listening');
  return server;
}
