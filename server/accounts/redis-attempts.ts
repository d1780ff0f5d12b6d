import type { Redis } from '../redis.js';
import type { AttemptRule, Attempts } from './attempts.js';

const PREFIX = 'rtc-widgets:attempts:';

/** Time is that of Redis, the same for every server; one key each, so that a cluster runs them. */
const scripts = {
  begin: `local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local count, next = unpack(redis.call('HMGET', KEYS[1], 'count', 'next'))
    if next and tonumber(next) > now then return next - now end
    local free, base, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
    count = (tonumber(count) or 0) + 1
    local wait = 0
    if count >= free then wait = math.min(longest, base * 2 ^ (count - free)) end
    redis.call('HSET', KEYS[1], 'count', count, 'next', string.format('%d', now + wait))
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    return 0`,
  takeBack: `local count = tonumber(redis.call('HGET', KEYS[1], 'count') or 0)
    if count < 2 then return redis.call('DEL', KEYS[1]) end
    return redis.call('HSET', KEYS[1], 'count', count - 1, 'next', 0)`,
};

/** Attempts, counted by all servers that share a Redis. */
export class RedisAttempts implements Attempts {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async begin(key: string, { free, base, longest, forget }: AttemptRule): Promise<number> {
    const rule = [free, base, longest, forget].map(String);
    const options = { keys: [PREFIX + key], arguments: rule };
    return Number(await this.#redis.eval(scripts.begin, options));
  }

  async takeBack(key: string): Promise<void> {
    await this.#redis.eval(scripts.takeBack, { keys: [PREFIX + key], arguments: [] });
  }

  async clear(key: string): Promise<void> {
    await this.#redis.del(PREFIX + key);
  }
}
