import { BURST } from './limits.js';

/**
 * A token bucket, kept as the moment when it will be full again (the virtual scheduling algorithm
 * of ITU-T I.371): two numbers, and neither a timer nor memory for what is counted.
 */
export class Rate {
  readonly #cost: number;
  #full = 0;
  /** When something was counted last. */
  last: number;

  /** @param perSecond frames or bytes, on average over {@link BURST} */
  constructor(perSecond: number, now: number) {
    this.#cost = 1000 / perSecond;
    this.last = now;
  }

  /** Counts a frame, or so many bytes. @returns false when it is too much */
  take(now: number, amount = 1): boolean {
    this.last = now;
    const cost = this.#cost * amount;
    const full = (this.#full > now ? this.#full : now) + cost;
    if (full - now > Math.max(BURST, cost)) return false;
    this.#full = full;
    return true;
  }
}
