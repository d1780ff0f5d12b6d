import type { Order } from '../../protocol/messages.js';
import { nameKey } from '../../protocol/name-key.js';

/** Most people whose numbers are remembered. */
export const MAX_PEOPLE = 1000;

/** Most links remembered of one person: each of their sessions has one, and a new one at sign-in. */
export const MAX_LINKS = 32;

/**
 * Highest step from one number to the next. A link counts everything that its session sends, to
 * everybody: at 100 messages a second, ten million take more than a day.
 */
export const MAX_STEP = 10_000_000;

/**
 * The last number that was read, by person and link. The server stamps the name, so nobody but a
 * person themselves moves that person's numbers, whatever links they have seen.
 */
export class LastRead {
  /** By the key of the name, the least recently heard first; of each, by link in the same order. */
  readonly #people = new Map<string, Map<string, number>>();
  readonly #keeps: (key: string) => boolean;

  /** @param keeps whether the person with this key is not to be forgotten, for a call with them */
  constructor(keeps: (key: string) => boolean) {
    this.#keeps = keeps;
  }

  /** The last number read of a person's link; 0 where there is none. */
  of(name: string, link: string): number {
    return this.#people.get(nameKey(name))?.get(link) ?? 0;
  }

  /** Whether these are numbers that the kit would send after what was read. */
  plausible(name: string, link: string, { seq = 0, after = 0 }: Order): boolean {
    const last = this.of(name, link);
    return (
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(after) &&
      after >= 0 &&
      seq > after &&
      seq - last <= MAX_STEP
    );
  }

  /** Remembers that this number has been read. */
  set(name: string, link: string, seq: number): void {
    const key = nameKey(name);
    const links = this.#people.get(key) ?? new Map<string, number>();
    this.#people.delete(key);
    this.#people.set(key, links);
    links.delete(link);
    links.set(link, seq);
    if (links.size > MAX_LINKS) links.delete(links.keys().next().value!);
    if (this.#people.size > MAX_PEOPLE) this.#forgetOne();
  }

  /** Forgets whoever was heard least recently and is in no call with this person. */
  #forgetOne(): void {
    for (const key of this.#people.keys()) {
      if (this.#keeps(key)) continue;
      this.#people.delete(key);
      return;
    }
  }
}
