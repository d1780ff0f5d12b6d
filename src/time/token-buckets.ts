import type { Clock } from './clock.js';
import { TokenBucket, type Pace } from './token-bucket.js';

interface Used {
  readonly bucket: TokenBucket;
  at: number;
}

/** A {@link TokenBucket} per key. A key that has used nothing for a whole period is forgotten. */
export class TokenBuckets {
  readonly #pace: Pace;
  readonly #clock: Pick<Clock, 'now'>;
  /** The key that was used last comes last. */
  readonly #used = new Map<string, Used>();

  constructor(pace: Pace, clock: Pick<Clock, 'now'>) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#used.size;
  }

  /** Takes a token of the key. @returns 0, or the milliseconds until there is one */
  take(key: string): number {
    if (this.#pace.most === Infinity) return 0;
    const now = this.#clock.now();
    this.#forget(now - this.#pace.period);
    const { bucket } = this.#used.get(key) ?? { bucket: new TokenBucket(this.#pace, now) };
    this.#used.delete(key);
    this.#used.set(key, { bucket, at: now });
    return bucket.take(now);
  }

  /** Forgets the keys that were used last before `before`: their buckets are full again. */
  #forget(before: number): void {
    for (const [key, { at }] of this.#used) {
      if (at > before) return;
      this.#used.delete(key);
    }
  }
}
