/** How many tasks run at once, and how many wait. */
export interface QueueBounds {
  atOnce: number;
  /** For all keys together. */
  waiting: number;
  waitingPerKey: number;
}

/** Keys of which the failures are remembered; of more, the least recent is forgotten. */
const MOST_REMEMBERED = 100_000;

interface Waiting {
  start: () => void;
  refuse: (error: Error) => void;
}

/**
 * Runs a few tasks at once and shares their turns fairly between keys, which are addresses: next is
 * the key with the fewest failed tasks, and of those in turn. So a crowd that guesses waits behind
 * everybody who does not, and behind a crowd of new addresses everybody waits one round at most.
 */
export class Queue {
  readonly #bounds: QueueBounds;
  readonly #full: () => Error;
  /** Tasks that wait, by key. The key that was served least recently is the first. */
  readonly #lines = new Map<string, Waiting[]>();
  /** Tasks that have run and were not forgiven, by key, since the queue was last idle. */
  readonly #failed = new Map<string, number>();
  #waiting = 0;
  #running = 0;

  /** @param full makes the error for a task that finds no place, or loses it to another key */
  constructor(bounds: QueueBounds, full: () => Error) {
    this.#bounds = bounds;
    this.#full = full;
  }

  /** Runs a task when it is its turn. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#bounds.atOnce) this.#running++;
    else await this.#wait(key);
    this.#blame(key);
    try {
      return await task();
    } finally {
      this.#handOn();
    }
  }

  /** The last task of a key did not fail. */
  forgive(key: string): void {
    const failed = this.#failed.get(key) ?? 0;
    if (failed > 1) this.#failed.set(key, failed - 1);
    else this.#failed.delete(key);
  }

  #blame(key: string): void {
    const failed = this.#failed.get(key) ?? 0;
    this.#failed.delete(key);
    this.#failed.set(key, failed + 1);
    if (this.#failed.size > MOST_REMEMBERED) {
      this.#failed.delete(this.#failed.keys().next().value!);
    }
  }

  #wait(key: string): Promise<void> {
    return new Promise((start, refuse) => {
      const line = this.#lines.get(key) ?? [];
      if (line.length >= this.#bounds.waitingPerKey || !this.#hasRoom(key, line.length + 1)) {
        return refuse(this.#full());
      }
      line.push({ start, refuse });
      this.#lines.set(key, line);
      this.#waiting++;
    });
  }

  /** Whether a task may wait, of whose key so many would; makes room at the cost of a longer line. */
  #hasRoom(key: string, length: number): boolean {
    if (this.#waiting < this.#bounds.waiting) return true;
    const longest = this.#longest();
    if (longest === undefined) return false;
    const line = this.#lines.get(longest)!;
    const longer = line.length - length || this.#failures(longest) - this.#failures(key);
    if (longer <= 0) return false;
    this.#waiting--;
    line.pop()!.refuse(this.#full());
    if (!line.length) this.#lines.delete(longest);
    return true;
  }

  /** The key of which most tasks wait, and of those the one with most failures. */
  #longest(): string | undefined {
    let found: string | undefined;
    let most: [length: number, failures: number] = [0, 0];
    for (const [key, { length }] of this.#lines) {
      if (length < most[0]) continue;
      const failures = this.#failures(key);
      if (length === most[0] && failures <= most[1]) continue;
      found = key;
      most = [length, failures];
    }
    return found;
  }

  /** A task has ended: its place goes to the next, if there is one. */
  #handOn(): void {
    const key = this.#next();
    if (key !== undefined) {
      const line = this.#lines.get(key)!;
      const { start } = line.shift()!;
      this.#waiting--;
      this.#lines.delete(key);
      if (line.length) this.#lines.set(key, line);
      return start();
    }
    this.#running--;
    // With nothing running, no request has to wait behind another.
    if (!this.#running) this.#failed.clear();
  }

  #next(): string | undefined {
    let found: string | undefined;
    let fewest = Infinity;
    for (const key of this.#lines.keys()) {
      const failures = this.#failures(key);
      if (failures >= fewest) continue;
      found = key;
      fewest = failures;
    }
    return found;
  }

  #failures(key: string): number {
    return this.#failed.get(key) ?? 0;
  }
}
