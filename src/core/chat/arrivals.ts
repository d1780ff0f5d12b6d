import type { Clock } from '../../time/clock.js';
import { Budget } from '../budget.js';

/** How long what arrives is gathered, in milliseconds: a page renders no more often than that. */
const GATHER = 50;

/** Most that is shown at once: of messages, and of their text in UTF-16 units. */
const BATCH = 200;
const BATCH_LENGTH = 32_768;

/** Messages that are shown as they come; from then on, 20 a second. Long ones count for more. */
const allowance = { most: 2000, within: 100_000 };
const LENGTH_OF_ONE = 512;

/** Most that may wait, in bytes: of short messages, some 4,000. */
export const MAX_WAITING = 2 * 1024 * 1024;
/** Memory that a message takes besides its text. */
const OVERHEAD = 512;

interface Waiting<Item> {
  readonly item: Item;
  readonly length: number;
}

/**
 * Messages between their arrival and the moment when they are shown: gathered for a moment, not too
 * many at a time, and no faster than a page can bear. What is too fast waits; what waits is bounded.
 */
export class Arrivals<Item> {
  readonly #clock: Clock;
  readonly #show: (items: Item[]) => void;
  readonly #budget: Budget;
  #waiting: Waiting<Item>[] = [];
  #bytes = 0;
  #cancel: (() => void) | undefined;

  /** @param show is called with what is to be shown now, in order */
  constructor(clock: Clock, show: (items: Item[]) => void) {
    this.#clock = clock;
    this.#show = show;
    this.#budget = new Budget(clock, allowance);
  }

  /**
   * Adds what has arrived: the first is shown at once.
   * @param length of its text, in UTF-16 units
   * @returns false where too much waits already: nothing was added
   */
  put(item: Item, length: number): boolean {
    const bytes = OVERHEAD + 2 * length;
    if (this.#waiting.length && this.#bytes + bytes > MAX_WAITING) return false;
    this.#waiting.push({ item, length });
    this.#bytes += bytes;
    if (!this.#cancel) this.#flush();
    return true;
  }

  /** Forgets what waits, and shows no more. */
  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting = [];
    this.#bytes = 0;
  }

  /** Shows what may be shown now, and the next a little later. */
  #flush(): void {
    this.#cancel = undefined;
    let count = 0;
    let total = 0;
    for (const { length } of this.#waiting) {
      const full = count === BATCH || (count > 0 && total + length > BATCH_LENGTH);
      if (full || !this.#budget.take(1 + length / LENGTH_OF_ONE)) break;
      count++;
      total += length;
    }
    const batch = this.#waiting.splice(0, count);
    for (const { length } of batch) this.#bytes -= OVERHEAD + 2 * length;
    if (batch.length || this.#waiting.length) {
      this.#cancel = this.#clock.after(GATHER, () => this.#flush());
    }
    if (batch.length) this.#show(batch.map(({ item }) => item));
  }
}
