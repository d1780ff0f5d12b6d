import { connectRedis, type Redis } from '../redis.js';
import type { Script } from './scripts.js';

/** The channels that a link listens to, and the listeners that it tells. */
export interface LinkListeners {
  /** Each channel, and who hears what is said there. */
  channels: Record<string, (message: string) => void>;
  /** The link is broken for good, for this reason. */
  lost: (error: Error) => void;
}

/** Two connections to Redis that live and die together: one to ask, one to listen. */
export class RedisLink {
  readonly #asking: Redis;
  readonly #listening: Redis;

  private constructor(asking: Redis, listening: Redis) {
    this.#asking = asking;
    this.#listening = listening;
  }

  /** @throws {Error} when Redis cannot be reached */
  static async open(url: string, { channels, lost }: LinkListeners): Promise<RedisLink> {
    let open = true;
    const onError = (error: Error) => {
      if (open) lost(error);
      open = false;
    };
    const asking = await connectRedis(url, { onError, heals: false });
    try {
      const listening = await connectRedis(url, { onError, heals: false });
      const link = new RedisLink(asking, listening);
      for (const [channel, hear] of Object.entries(channels)) {
        await listening.subscribe(channel, hear);
      }
      return link;
    } catch (error) {
      asking.destroy();
      throw error;
    }
  }

  /** Sends one command. @throws {Error} when the link is broken, before or meanwhile */
  send<T>(...command: string[]): Promise<T> {
    return this.#asking.sendCommand(command) as Promise<T>;
  }

  /** Runs a script, which Redis may not know yet. */
  async run<T>({ sha, source }: Script, keys: string[], args: string[]): Promise<T> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.send('EVALSHA', sha, ...rest);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return this.send('EVAL', source, ...rest);
    }
  }

  /** Cuts both connections: what is not answered fails. */
  cut(): void {
    for (const client of [this.#asking, this.#listening]) if (client.isOpen) client.destroy();
  }
}
