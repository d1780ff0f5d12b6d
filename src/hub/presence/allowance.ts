/** Bytes of snapshots that a client may be sent at once. */
export const SNAPSHOT_BURST = 128 * 1024;

/** Bytes of snapshots that a client may be sent in a second, on average. */
export const SNAPSHOT_RATE = 32 * 1024;

/**
 * How many bytes of snapshots a client may be sent: a token bucket. A snapshot is never cut, so that
 * a large one leaves a debt.
 */
export class Allowance {
  #left = SNAPSHOT_BURST;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** Milliseconds until the next snapshot may be sent. */
  wait(now: number): number {
    const earned = ((now - this.#at) * SNAPSHOT_RATE) / 1000;
    this.#left = Math.min(SNAPSHOT_BURST, this.#left + earned);
    this.#at = now;
    return this.#left > 0 ? 0 : Math.ceil((1 - this.#left) / (SNAPSHOT_RATE / 1000));
  }

  spend(bytes: number): void {
    this.#left -= bytes;
  }
}
