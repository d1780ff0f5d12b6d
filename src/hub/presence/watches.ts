import { MAX_WATCHES } from '../../protocol/limits.js';
import type { Clock } from '../../time/clock.js';
import { TokenBucket } from '../../time/token-bucket.js';
import type { Presence } from './presence.js';
import type { Wish } from './view.js';
import { Watch, type Viewer } from './watch.js';

/** Bytes of snapshots that a client may be sent at once. */
export const SNAPSHOT_BURST = 128 * 1024;

/** Bytes of snapshots that a client may be sent per second, on average. */
export const SNAPSHOT_RATE = 32 * 1024;

const snapshotPace = { most: SNAPSHOT_BURST, period: (1000 * SNAPSHOT_BURST) / SNAPSHOT_RATE };

/** Everything that one client watches, by search. */
export class Watches {
  readonly #presence: Presence;
  readonly #viewer: Viewer;
  readonly #clock: Clock;
  readonly #bySearch = new Map<string, Watch>();
  /** Bytes of snapshots. A snapshot is never cut: a large one leaves a debt. */
  readonly #snapshotBytes: TokenBucket;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(presence: Presence, viewer: Viewer, clock: Clock) {
    this.#presence = presence;
    this.#viewer = viewer;
    this.#clock = clock;
    this.#snapshotBytes = new TokenBucket(snapshotPace, clock.now());
  }

  /**
   * Watches what is wished for, in place of what was with the same search, or of the oldest when
   * there are too many.
   */
  async begin(wish: Wish): Promise<void> {
    await this.#presence.ready();
    if (this.#stopped) return;
    const view = this.#presence.view(wish);
    if (this.#bySearch.get(wish.search)?.view === view) return;
    // First joined, then left: a view that nobody watches is forgotten.
    const watch = new Watch(this.#viewer, view);
    this.#presence.join(watch);
    this.end(wish.search);
    this.#bySearch.set(wish.search, watch);
    if (this.#bySearch.size > MAX_WATCHES) this.end(this.#bySearch.keys().next().value);
    this.#sendSnapshots();
  }

  /** Watches a search no longer, or nothing. */
  end(search?: string): void {
    for (const [each, watch] of this.#bySearch) {
      if (search !== undefined && each !== search) continue;
      this.#bySearch.delete(each);
      this.#presence.leave(watch);
    }
    if (this.#waiting.length === 0) this.#rest();
  }

  /** The client is gone. */
  stop(): void {
    this.#stopped = true;
    this.end();
  }

  get #waiting(): Watch[] {
    return [...this.#bySearch.values()].filter(({ waits }) => waits);
  }

  /** Sends the snapshots that are still to be sent, each when its bytes may be sent. */
  #sendSnapshots = (): void => {
    this.#rest();
    for (const watch of this.#waiting) {
      const now = this.#clock.now();
      const wait = Math.ceil(this.#snapshotBytes.wait(now));
      if (wait) {
        this.#cancel = this.#clock.after(wait, this.#sendSnapshots);
        return;
      }
      this.#snapshotBytes.spend(now, watch.sendSnapshot());
    }
  };

  #rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
