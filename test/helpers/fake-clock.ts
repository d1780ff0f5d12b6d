import type { Clock } from '../../src/time/clock.js';

/** A clock that a test turns by hand. */
export class FakeClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }
  #tasks = new Set<{ at: number; run: () => void }>();

  after(delay: number, run: () => void): () => void {
    const task = { at: this.#now + delay, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** How many tasks wait. */
  get waiting(): number {
    return this.#tasks.size;
  }

  /** Lets time pass: what falls due runs in order, and so does what it starts. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (let task = this.#next(until); task; task = this.#next(until)) {
      this.#now = task.at;
      this.#tasks.delete(task);
      task.run();
      await settled();
    }
    this.#now = until;
  }

  #next(until: number) {
    const due = [...this.#tasks].filter(({ at }) => at <= until);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}

/** Waits until all promises that can settle without time or input have done so. */
export const settled = () =>
  new Promise<void>((resolve) => void (globalThis.setImmediate ?? setTimeout)(resolve));
