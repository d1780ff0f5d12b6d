/** Bytes that may be kept: for one owner, and in all. */
export interface Budget {
  readonly each: number;
  readonly all: number;
}

/** How much memory a text takes at most: two bytes for each UTF-16 unit. */
export const bytesOf = (text: string): number => 2 * text.length;

/** Counts what is kept, by the session that it is kept for, and refuses what is over the budget. */
export class ByteBudget {
  readonly #budget: Budget;
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Bytes that are kept now, in all. */
  get kept(): number {
    return this.#all;
  }

  /** Counts bytes in. @returns false, and counts nothing, where they are over the budget */
  take(owner: string, bytes: number): boolean {
    const { each, all } = this.#budget;
    const own = (this.#of.get(owner) ?? 0) + bytes;
    if (own > each || this.#all + bytes > all) return false;
    this.#of.set(owner, own);
    this.#all += bytes;
    return true;
  }

  /** Counts bytes out. */
  give(owner: string, bytes: number): void {
    const left = (this.#of.get(owner) ?? 0) - bytes;
    this.#all -= bytes;
    if (left > 0) this.#of.set(owner, left);
    else this.#of.delete(owner);
  }
}
