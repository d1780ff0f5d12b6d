import { BURST } from './limits.js';

/**
 * A token bucket, kept as the moment when it will be full again (the virtual scheduling algorithm
 * of ITU-T I.371): two numbers, and neither a timer nor memory for a frame.
 */
export class FrameRate {
  readonly #cost: number;
  #full = 0;
  /** When the last frame came. */
  last: number;

  /** @param perSecond frames, on average over {@link BURST} */
  constructor(perSecond: number, now: number) {
    this.#cost = 1000 / perSecond;
    this.last = now;
  }

  /** Takes a frame into account. @returns false when it is one too many */
  take(now: number): boolean {
    this.last = now;
    const full = (this.#full > now ? this.#full : now) + this.#cost;
    if (full - now > Math.max(BURST, this.#cost)) return false;
    this.#full = full;
    return true;
  }
}
