import { createClient } from 'redis';

/** A connection to Redis. */
export type Redis = ReturnType<typeof newClient>;

/**
 * Connects to Redis. A connection that is lost stays lost: its commands fail at once, and whoever
 * needs another one makes it, knowing that Redis may have lost its data meanwhile.
 * @param url `redis://`, or `rediss://` for TLS, with the name and password if there are any
 * @param onError hears why a connection was lost
 * @throws {Error} when nobody answers there, or refuses the password
 */
export async function connectRedis(
  url: string,
  { onError }: { onError: (error: Error) => void },
): Promise<Redis> {
  const client = newClient(url).on('error', onError);
  await client.connect();
  return client;
}

const newClient = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: false },
  });
