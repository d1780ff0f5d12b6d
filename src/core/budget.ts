import type { Clock } from '../hub/clock.js';

/** So much at once, and as much again, bit by bit, within so many milliseconds. */
export interface Allowance {
  readonly most: number;
  readonly within: number;
}

/** What is left of an {@link Allowance}: a bucket that time fills again. */
export class Budget {
  readonly #clock: Clock;
  readonly #allowance: Allowance;
  #left: number;
  /** When it was last filled, by the clock. */
  #at: number;

  constructor(clock: Clock, allowance: Allowance) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#left = allowance.most;
    this.#at = clock.now();
  }

  /** Takes this much, or nothing where less is left. @returns whether it was taken */
  take(cost = 1): boolean {
    const { most, within } = this.#allowance;
    const now = this.#clock.now();
    this.#left = Math.min(most, this.#left + (Math.max(0, now - this.#at) * most) / within);
    this.#at = Math.max(this.#at, now);
    // What costs more than there can ever be takes all of it.
    const price = Math.min(cost, most);
    if (price > this.#left) return false;
    this.#left -= price;
    return true;
  }
}

/** What handling a message of a data channel costs: 1, and 1 more for each KiB. */
export function costOf(data: unknown): number {
  if (typeof data === 'string') return 1 + Math.floor(data.length / 1024);
  const { byteLength, size } = data as Partial<ArrayBuffer & Blob>;
  return 1 + Math.floor((byteLength ?? size ?? 0) / 1024);
}
