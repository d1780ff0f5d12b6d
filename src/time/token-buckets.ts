import type { Clock } from './clock.js';

/** So many at once, and as many again in each period; milliseconds. */
export interface Pace {
  readonly most: number;
  readonly period: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** A token bucket for each key. Keys that have used nothing for a whole period are forgotten. */
export class Rate {
  readonly #pace: Pace;
  readonly #clock: Pick<Clock, 'now'>;
  /** The key that was used last comes last. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(pace: Pace, clock: Pick<Clock, 'now'>) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Uses one. @returns 0, or in how many milliseconds there is one, where all are used */
  take(key: string): number {
    const { most, period } = this.#pace;
    if (most === Infinity) return 0;
    const now = this.#clock.now();
    this.#forget(now - period);
    const before = this.#buckets.get(key) ?? { left: most, at: now };
    const left = Math.min(most, before.left + ((now - before.at) / period) * most);
    const wait = left >= 1 ? 0 : ((1 - left) / most) * period;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: wait ? left : left - 1, at: now });
    return wait;
  }

  /** Forgets the keys that were used last before then: they have all again. */
  #forget(before: number): void {
    for (const [key, { at }] of this.#buckets) {
      if (at > before) return;
      this.#buckets.delete(key);
    }
  }
}
