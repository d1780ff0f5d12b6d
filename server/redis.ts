import { createClient, type RedisClientType } from 'redis';

/** A connection to Redis, as everything here uses it. */
export type Redis = RedisClientType;

interface RedisOptions {
  /** Hears of every loss and failed attempt. */
  onError: (error: Error) => void;
  /**
   * Whether it connects again after every loss. Who must know that Redis may have lost its data
   * meanwhile makes another connection instead. Default: true.
   */
  heals?: boolean;
}

/** How long an attempt to connect may take, in milliseconds. */
const PATIENCE = 2000;
/** The longest wait before connecting again, in milliseconds. */
const LONGEST_WAIT = 2000;

/**
 * Connects to Redis. What is asked while the connection is lost fails at once.
 * @param url `redis://`, or `rediss://` for TLS, with the name and password if there are any
 * @throws {Error} when nobody answers there, or refuses the password; no message has the password
 */
export async function connectRedis(url: string, options: RedisOptions): Promise<Redis> {
  const { onError, heals = true } = options;
  let connected = false;
  const client = newClient(url, (attempt, cause) =>
    connected && heals ? Math.min(50 * 2 ** attempt, LONGEST_WAIT) : cause,
  );
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

const newClient = (url: string, again: (attempt: number, cause: Error) => number | Error): Redis =>
  createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: PATIENCE, reconnectStrategy: again },
  });
