import { nameKey } from '../../protocol/name-key.js';

/** Somebody online; another object when the name is shown otherwise. */
export interface OnlinePerson {
  readonly key: string;
  /** The name as shown. */
  readonly name: string;
}

/** The first people that a search finds, and how many it finds in all. */
export interface Page {
  /** In the order of their keys. */
  people: readonly OnlinePerson[];
  total: number;
}

/** Everybody online, sorted by `nameKey()`: the names that begin with a search are a range. */
export class OnlineList {
  #people: OnlinePerson[] = [];

  /** Replaces everybody. */
  fill(names: Iterable<string>): void {
    const byKey = new Map<string, string>();
    for (const name of names) byKey.set(nameKey(name), name);
    const sorted = [...byKey.keys()].sort();
    this.#people = sorted.map((key) => ({ key, name: byKey.get(key)! }));
  }

  set(key: string, name: string): void {
    const index = this.#firstFrom(key);
    const present = this.#people[index];
    if (present?.key !== key) this.#people.splice(index, 0, { key, name });
    else if (present.name !== name) this.#people[index] = { key, name };
  }

  delete(key: string): void {
    const index = this.#firstFrom(key);
    if (this.#people[index]?.key === key) this.#people.splice(index, 1);
  }

  /** The first people whose keys begin with `search`. */
  page(search: string, limit: number): Page {
    const start = this.#firstFrom(search);
    const end = this.#find(start, (key) => !key.startsWith(search));
    return {
      people: this.#people.slice(start, Math.min(end, start + limit)),
      total: end - start,
    };
  }

  /** The index of the first key that does not come before this one. */
  #firstFrom(wanted: string): number {
    return this.#find(0, (key) => key >= wanted);
  }

  /** The first index, from `start` on, whose key passes a test that all keys after it pass, too. */
  #find(start: number, passes: (key: string) => boolean): number {
    let end = this.#people.length;
    while (start < end) {
      const middle = (start + end) >> 1;
      if (passes(this.#people[middle]!.key)) end = middle;
      else start = middle + 1;
    }
    return start;
  }
}
