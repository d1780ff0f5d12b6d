/** A session that is held, and whether it waits for its client without having been of any use. */
interface Holding {
  readonly address: string;
  unused: boolean;
}

interface Count {
  held: number;
  unused: number;
}

/** Counts the sessions that each address holds here, with a connection or without one. */
export class HeldNames {
  readonly #sessions = new Map<string, Holding>();
  readonly #counts = new Map<string, Count>();

  /** How many sessions an address holds. */
  of(address: string): number {
    return this.#counts.get(address)?.held ?? 0;
  }

  /** A session is held from this address now, whichever held it before. */
  add(session: string, address: string): void {
    this.delete(session);
    if (!address) return;
    this.#sessions.set(session, { address, unused: false });
    const count = this.#counts.get(address) ?? { held: 0, unused: 0 };
    count.held++;
    this.#counts.set(address, count);
  }

  /**
   * A session that has been of no use to anybody waits for its client.
   * @returns how many such sessions its address has, this one counted
   */
  leaveUnused(session: string): number {
    const holding = this.#sessions.get(session);
    if (!holding) return 0;
    const count = this.#counts.get(holding.address)!;
    if (!holding.unused) count.unused++;
    holding.unused = true;
    return count.unused;
  }

  delete(session: string): void {
    const holding = this.#sessions.get(session);
    if (!holding) return;
    this.#sessions.delete(session);
    const count = this.#counts.get(holding.address)!;
    count.held--;
    if (holding.unused) count.unused--;
    if (!count.held) this.#counts.delete(holding.address);
  }
}
