import { ROSTER_PAGE_SIZE } from '../../protocol/limits.js';
import type { OnlineList, OnlinePerson, Page } from './online-list.js';
import { SharedFrame } from './shared-frame.js';

/** A wish to be shown the first `limit` people whose keys begin with `search`. */
export interface Wish {
  search: string;
  limit: number;
  /** For a client of version 0.1, which knows no search and no total. */
  whole: boolean;
}

/** A watch of a view, as the view knows it. */
export interface ViewWatch {
  /** Sends the last step of the view to a client that has the version before it. */
  sendStep(): void;
}

/**
 * The people shown to all who have the same wish. A view goes from version to version; each is
 * serialised once as the step from the version before, and once as a snapshot if several ask.
 */
export class View {
  readonly wish: Wish;
  /** All who are shown it, in the order in which they came. */
  readonly watches = new Set<ViewWatch>();
  version = 0;
  /** Leads from the version before to the present one, while it is being sent. */
  step: readonly SharedFrame[] = [];
  readonly #list: OnlineList;
  #page: Page;
  #snapshot: readonly SharedFrame[] | undefined;

  constructor(wish: Wish, list: OnlineList) {
    this.wish = wish;
    this.#list = list;
    this.#page = this.#read();
  }

  /** How many people the search finds in all. */
  get total(): number {
    return this.#page.total;
  }

  /** The present version as a whole. */
  snapshot(): readonly SharedFrame[] {
    const snapshot = this.#snapshot ?? this.#write();
    // For one client alone it is not worth the memory.
    if (this.watches.size > 1) this.#snapshot = snapshot;
    return snapshot;
  }

  /**
   * Looks at the list again, and makes a new version where something else is to be shown.
   * @param totalCounts whether a change of the total alone is worth a version
   */
  refresh(totalCounts: boolean): 'new-version' | 'other-total' | 'same' {
    const before = this.#page;
    const page = this.#read();
    const known = new Set(before.people);
    const keys = new Set(page.people.map(({ key }) => key));
    const came = page.people.filter((person) => !known.has(person));
    const gone = before.people.filter(({ key }) => !keys.has(key));
    if (!came.length && !gone.length) {
      if (this.wish.whole || page.total === before.total) return 'same';
      if (!totalCounts) return 'other-total';
    }
    this.#page = page;
    this.#snapshot = undefined;
    this.version++;
    this.step = this.#writeStep(came, gone);
    return 'new-version';
  }

  #read(): Page {
    return this.#list.page(this.wish.search, this.wish.limit);
  }

  /** Fields that a client of version 0.1 is not told. */
  #found(): { total?: number; search?: string } {
    return this.wish.whole ? {} : { total: this.#page.total, search: this.wish.search };
  }

  #write(): SharedFrame[] {
    const found = this.#found();
    const pages = pagesOf(this.#page.people);
    return pages.map((people, index) => {
      const more = index + 1 < pages.length;
      return new SharedFrame(people, (names) => ({ type: 'roster', names, more, ...found }));
    });
  }

  #writeStep(came: OnlinePerson[], gone: OnlinePerson[]): SharedFrame[] {
    const found = this.#found();
    const left = new Set(gone);
    return pagesOf([...gone, ...came]).map((people) => {
      const offline = people.filter((person) => left.has(person)).map(({ name }) => name);
      const rest = people.filter((person) => !left.has(person));
      return new SharedFrame(rest, (online) => ({ type: 'presence', online, offline, ...found }));
    });
  }
}

/** Parts that fit into a message each; an empty one where there is nothing. */
function pagesOf<T>(all: readonly T[]): T[][] {
  const pages: T[][] = [];
  for (let start = 0; start === 0 || start < all.length; start += ROSTER_PAGE_SIZE) {
    pages.push(all.slice(start, start + ROSTER_PAGE_SIZE));
  }
  return pages;
}
