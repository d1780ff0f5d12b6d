import type { Clock } from 'rtc-widgets/hub';
import { waitAfter, type AttemptRule, type Attempts } from './attempts.js';

interface Count {
  count: number;
  /** When the next attempt may begin, and when all are forgotten, by the clock. */
  next: number;
  forgotten: number;
}

/** Attempts, counted in this process. */
export class MemoryAttempts implements Attempts {
  readonly #clock: Clock;
  readonly #most: number;
  /** The least recent first. */
  readonly #counts = new Map<string, Count>();

  /** @param most keys that are remembered at once; of more, the least recent is forgotten */
  constructor(clock: Clock, most = 100_000) {
    this.#clock = clock;
    this.#most = most;
  }

  async begin(key: string, rule: AttemptRule): Promise<number> {
    const now = this.#clock.now();
    const before = this.#counts.get(key);
    const present = before && before.forgotten > now ? before : { count: 0, next: now };
    if (present.next > now) return present.next - now;
    const count = present.count + 1;
    const next = now + waitAfter(count, rule);
    this.#counts.delete(key);
    this.#counts.set(key, { count, next, forgotten: now + rule.forget });
    if (this.#counts.size > this.#most) this.#counts.delete(this.#counts.keys().next().value!);
    return 0;
  }

  async takeBack(key: string): Promise<void> {
    const count = this.#counts.get(key);
    if (!count) return;
    count.count -= 1;
    count.next = 0;
    if (!count.count) this.#counts.delete(key);
  }

  async clear(key: string): Promise<void> {
    this.#counts.delete(key);
  }
}
