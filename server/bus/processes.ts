import { PROCESSES } from './keys.js';
import type { RedisLink } from './redis-link.js';

/** Tells which processes are alive, by the signs of life that they give in Redis. */
export class Processes {
  readonly #link: () => RedisLink;
  readonly #me: string;

  constructor(link: () => RedisLink, me: string) {
    this.#link = link;
    this.#me = me;
  }

  /** Gives a sign of life. @returns false when this process was taken for dead before */
  async beat(now: number): Promise<boolean> {
    return (await this.#link().send<number>('ZADD', PROCESSES, String(now), this.#me)) === 0;
  }

  /** Those that have given none since then. */
  async silentSince(then: number): Promise<string[]> {
    const silent = await this.#link().send<string[]>(
      'ZRANGEBYSCORE',
      PROCESSES,
      '-inf',
      String(then),
    );
    return silent.filter((process) => process !== this.#me);
  }

  /** Nothing is left of a process. */
  async forget(process = this.#me): Promise<void> {
    await this.#link().send('ZREM', PROCESSES, process);
  }
}
