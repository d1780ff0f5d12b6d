import type { Clock } from '../time/clock.js';
import { TokenBucket } from '../time/token-bucket.js';

/** So much at once, and as much again, bit by bit, within so many milliseconds. */
export interface Allowance {
  readonly most: number;
  readonly within: number;
}

/** An {@link Allowance} by a clock. */
export class Budget {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #bucket: TokenBucket;

  constructor(clock: Clock, { most, within }: Allowance) {
    this.#clock = clock;
    this.#most = most;
    this.#bucket = new TokenBucket({ most, period: within }, clock.now());
  }

  /**
   * Takes this much, or nothing where less is left. A cost above `most` takes all there can be.
   * @returns whether it was taken
   */
  take(cost = 1): boolean {
    return this.#bucket.take(this.#clock.now(), Math.min(cost, this.#most)) === 0;
  }
}

/** The cost of handling a message of a data channel: 1, and 1 more for each KiB. */
export function costOf(data: unknown): number {
  if (typeof data === 'string') return 1 + Math.floor(data.length / 1024);
  const { byteLength, size } = data as Partial<ArrayBuffer & Blob>;
  return 1 + Math.floor((byteLength ?? size ?? 0) / 1024);
}
