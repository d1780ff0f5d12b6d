import type { Clock } from '../time/clock.js';
import type { CallRecord } from './directory.js';
import { TokenBuckets } from '../time/token-buckets.js';
import { tooManyCalls, tooManyRings } from './refusal.js';
import type { RingSettings } from './settings.js';

/** The hub, as {@link Rings} see it. */
export interface RingsHost {
  readonly clock: Clock;
  /** Whether a call is not accepted and not over; another hub may have served its end. */
  stillRings(call: string): Promise<boolean>;
  /** A call has rung for as long as any may. */
  ringTooLong(call: string): void;
}

interface Ring {
  /** The keys that it counts for, see {@link countsOf}. */
  readonly counts: string[];
  readonly cancelEnd: () => void;
}

/**
 * The calls that ring from this hub. Keeps a stranger from occupying somebody by ringing, and ends
 * a ring that nobody ends. An address that is unknown (between tabs) counts for nothing.
 */
export class Rings {
  readonly #settings: RingSettings;
  readonly #host: RingsHost;
  readonly #pairs: TokenBuckets;
  readonly #callers: TokenBuckets;
  readonly #addresses: TokenBuckets;
  readonly #repeats: TokenBuckets;
  readonly #ringing = new Map<string, Ring>();
  /** The ids of the calls that count for something. */
  readonly #counted = new Map<string, Set<string>>();

  constructor(settings: RingSettings, host: RingsHost) {
    const { clock } = host;
    this.#settings = settings;
    this.#host = host;
    this.#pairs = new TokenBuckets(settings.perPair, clock);
    this.#callers = new TokenBuckets(settings.perCaller, clock);
    this.#addresses = new TokenBuckets(settings.perAddress, clock);
    this.#repeats = new TokenBuckets(settings.repeats, clock);
  }

  /**
   * Counts a new ring in.
   * @param address where the caller's connection comes from
   * @throws {Refusal} when it is one too many
   */
  async begin({ id, caller, callees }: CallRecord, address: string): Promise<void> {
    const { key: callee, name } = callees[0]!;
    const { atOnce, atOncePerPair, atOncePerAddress } = this.#settings;
    const wait =
      this.#pairs.take(`${caller.key}\n${callee}`) ||
      this.#callers.take(caller.id) ||
      (address ? this.#addresses.take(address) : 0);
    if (wait) throw tooManyRings(Math.ceil(wait / 1000), id);
    const [all, pair, from] = countsOf(callee, caller.key, address) as [string, string, string?];
    const full =
      (await this.#isFull(all, atOnce)) ||
      (await this.#isFull(pair, atOncePerPair)) ||
      (from && (await this.#isFull(from, atOncePerAddress)));
    if (full) throw tooManyCalls(name, id);
    this.#add(id, [all, pair, ...(from ? [from] : [])]);
  }

  /** Whether the ring of a call may be passed on once more. */
  mayRepeat(call: string): boolean {
    return this.#repeats.take(call) === 0;
  }

  /** A call rings no more. */
  end(call: string): void {
    const ring = this.#ringing.get(call);
    if (!ring) return;
    this.#ringing.delete(call);
    ring.cancelEnd();
    for (const key of ring.counts) {
      const calls = this.#counted.get(key)!;
      calls.delete(call);
      if (!calls.size) this.#counted.delete(key);
    }
  }

  /** Forgets all rings, and calls their ends off. */
  clear(): void {
    for (const call of this.#ringing.keys()) this.end(call);
  }

  #add(id: string, counts: string[]): void {
    // An id that is in use already is refused by the directory.
    if (this.#ringing.has(id)) return;
    const cancelEnd = this.#host.clock.after(this.#settings.longest, () => {
      this.end(id);
      this.#host.ringTooLong(id);
    });
    this.#ringing.set(id, { counts, cancelEnd });
    for (const key of counts) {
      const calls = this.#counted.get(key) ?? new Set();
      this.#counted.set(key, calls.add(id));
    }
  }

  /** Whether as many calls count for this as may; those that ended at another hub count no more. */
  async #isFull(key: string, most: number): Promise<boolean> {
    const calls = this.#counted.get(key);
    if (!calls || calls.size < most) return false;
    for (const id of [...calls]) if (!(await this.#host.stillRings(id))) this.end(id);
    return calls.size >= most;
  }
}

/** The keys that a ring counts for: the person called, with the caller, and with the address. */
const countsOf = (callee: string, caller: string, address: string): string[] => [
  `all\n${callee}`,
  `pair\n${callee}\n${caller}`,
  ...(address ? [`address\n${callee}\n${address}`] : []),
];
