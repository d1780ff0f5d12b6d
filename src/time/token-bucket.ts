/** So many tokens at once, and as many again, bit by bit, in each period (milliseconds). */
export interface Pace {
  readonly most: number;
  readonly period: number;
}

/**
 * A token bucket: it begins full, each use takes tokens, and time fills it again. The caller says
 * what time it is, by any clock in milliseconds; one that is turned back adds nothing.
 */
export class TokenBucket {
  readonly #pace: Pace;
  #left: number;
  /** When {@link #left} was counted. */
  #at: number;

  constructor(pace: Pace, now: number) {
    this.#pace = pace;
    this.#left = pace.most;
    this.#at = now;
  }

  /**
   * Milliseconds until `cost` tokens can be taken; 0 now. A cost above `most` needs a full bucket.
   */
  wait(now: number, cost = 1): number {
    const { most, period } = this.#pace;
    if (most === Infinity) return 0;
    const missing = Math.min(cost, most) - this.#leftAt(now);
    return missing > 0 ? (missing / most) * period : 0;
  }

  /**
   * Takes tokens, or none where there are too few. A cost above `most` leaves a debt.
   * @returns 0, or the milliseconds until there are enough
   */
  take(now: number, cost = 1): number {
    const wait = this.wait(now, cost);
    if (wait === 0) this.spend(now, cost);
    return wait;
  }

  /** Takes tokens whether there are enough or not: the rest is a debt. */
  spend(now: number, cost: number): void {
    if (this.#pace.most === Infinity) return;
    this.#left = this.#leftAt(now) - cost;
    this.#at = Math.max(this.#at, now);
  }

  #leftAt(now: number): number {
    const { most, period } = this.#pace;
    const passed = Math.max(0, now - this.#at);
    return Math.min(most, this.#left + (passed / period) * most);
  }
}
