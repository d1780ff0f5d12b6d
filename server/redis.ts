import { createClient, type RedisClientType } from 'redis';

/** A connection to Redis, as everything here uses it. */
export type Redis = RedisClientType;

interface RedisOptions {
  /** Hears of every loss and failed attempt; the connection heals by itself. */
  onError: (error: Error) => void;
}

/** The longest wait before connecting again, in milliseconds. */
const LONGEST_WAIT = 2000;

/**
 * Connects to Redis, and again after every loss.
 * @param url `redis://` or `rediss://`, with user and password where it wants them
 * @throws {Error} when the first connection fails; no message has the password
 */
export async function connectRedis(url: string, { onError }: RedisOptions): Promise<Redis> {
  let connected = false;
  const client: Redis = createClient({
    url,
    socket: {
      reconnectStrategy: (attempt, cause) =>
        connected ? Math.min(50 * 2 ** attempt, LONGEST_WAIT) : cause,
    },
    // What is asked while it is away fails at once, rather than waiting in memory.
    disableOfflineQueue: true,
  });
  client.on('error', onError);
  await client.connect();
  connected = true;
  return client;
}

/** A Redis URL as it may be logged: without what lets in. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.username = shown.password = '';
  return shown.href;
}
