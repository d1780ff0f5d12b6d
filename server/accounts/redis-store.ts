import { setTimeout as wait } from 'node:timers/promises';
import { nameKey } from 'rtc-widgets/protocol';
import { connectRedis, type Redis } from '../redis.js';
import { accountOf, newSecret, type Account, type AccountStore } from './account-store.js';

/** An account is a hash of this key and the name's. */
const PREFIX = 'rtc-widgets:account:';
/** The address of the key that sessions are signed with. */
const SECRET = 'rtc-widgets:account-secret';
/** A stream of the names' keys whose accounts changed: who loses Redis reads on where they were. */
const CHANGES = 'rtc-widgets:account-changes';
/** About how many changes are kept for those who are away. */
const kept = { strategy: 'MAXLEN', strategyModifier: '~', threshold: 1000 } as const;
/** How long to wait before asking Redis again that has gone away, in milliseconds. */
const RETRY = 100;

/** Each looks and writes in one step; one key each, so that a cluster runs them. */
const scripts = {
  add: `if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
    redis.call('HSET', KEYS[1], 'name', ARGV[1], 'hash', ARGV[2], 'changed', ARGV[3])
    return 1`,
  change: `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
    redis.call('HSET', KEYS[1], 'hash', ARGV[1], 'changed', ARGV[2])
    return 1`,
  rehash: `if redis.call('HGET', KEYS[1], 'hash') == ARGV[1] then
      redis.call('HSET', KEYS[1], 'hash', ARGV[2])
    end
    return 1`,
};

interface RedisStoreOptions {
  onError: (error: Error) => void;
}

/** Accounts in Redis, shared by any number of servers. */
export class RedisStore implements AccountStore {
  /** The connection, for what else is to be shared. */
  readonly redis: Redis;
  readonly #hearing: Redis;
  readonly #listeners = new Set<(key: string) => void>();
  /** The id of the last change that was heard of. */
  #last = '0-0';
  #closed = false;
  #listening: Promise<void> | undefined;

  /** @throws {Error} when Redis cannot be reached */
  static async open(url: string, options: RedisStoreOptions): Promise<RedisStore> {
    const redis = await connectRedis(url, options);
    const hearing = await connectRedis(url, options).catch(async (error: unknown) => {
      await redis.close();
      throw error;
    });
    const store = new RedisStore(redis, hearing);
    const [last] = await redis.xRevRange(CHANGES, '+', '-', { COUNT: 1 });
    store.#last = last?.id ?? store.#last;
    store.#listening = store.#listen();
    return store;
  }

  private constructor(redis: Redis, hearing: Redis) {
    this.redis = redis;
    this.#hearing = hearing;
  }

  async find(name: string): Promise<Account | undefined> {
    const { hash, changed, ...rest } = await this.redis.hGetAll(PREFIX + nameKey(name));
    return hash && rest.name ? { name: rest.name, hash, changed: changed ?? '' } : undefined;
  }

  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const keys of this.redis.scanIterator({ MATCH: `${PREFIX}*`, COUNT: 1000 })) {
      for (const key of keys) {
        const name = await this.redis.hGet(key, 'name');
        if (name) names.push(name);
      }
    }
    return names;
  }

  add(name: string, hash: string): Promise<boolean> {
    const account = accountOf(name, hash);
    return this.#run('add', name, [name, hash, account.changed]);
  }

  async change(name: string, hash: string): Promise<boolean> {
    const { changed } = accountOf(name, hash);
    const done = await this.#run('change', name, [hash, changed]);
    if (done) await this.#tell(nameKey(name));
    return done;
  }

  async rehash({ name, hash }: Account, next: string): Promise<void> {
    await this.#run('rehash', name, [hash, next]);
  }

  async remove(name: string): Promise<boolean> {
    const key = nameKey(name);
    const done = (await this.redis.del(PREFIX + key)) > 0;
    if (done) await this.#tell(key);
    return done;
  }

  async secret(): Promise<string> {
    // The first process makes it.
    await this.redis.set(SECRET, newSecret(), { condition: 'NX' });
    return (await this.redis.get(SECRET))!;
  }

  watch(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#hearing.destroy();
    this.redis.destroy();
    await this.#listening;
  }

  async #run(script: keyof typeof scripts, name: string, values: string[]): Promise<boolean> {
    const keys = [PREFIX + nameKey(name)];
    return (await this.redis.eval(scripts[script], { keys, arguments: values })) === 1;
  }

  async #tell(key: string): Promise<void> {
    await this.redis.xAdd(CHANGES, '*', { key }, { TRIM: kept });
  }

  async #listen(): Promise<void> {
    while (!this.#closed) {
      try {
        const streams = await this.#hearing.xRead({ key: CHANGES, id: this.#last }, { BLOCK: 0 });
        for (const { id, message } of streams?.[0]?.messages ?? []) {
          this.#last = id;
          for (const listener of this.#listeners) listener(message.key!);
        }
      } catch {
        // The connection says itself what is wrong, and heals.
        if (!this.#closed) await wait(RETRY);
      }
    }
  }
}
