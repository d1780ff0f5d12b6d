import { ROSTER_PAGE_SIZE } from '../protocol/limits.js';
import { Store } from './store.js';

/** Names that a view shows where nothing else is said. */
export const ROSTER_LIMIT = 100;

export interface RosterViewState {
  /** The `nameKey()` of the search that has found this. */
  search: string;
  /** The first names that begin with it, except the own name, as shown, by `nameKey()`. */
  online: ReadonlyMap<string, string>;
  /** How many others are found in all. */
  total: number;
}

/** How a view uses the roster that it belongs to. */
export interface RosterViewHost {
  /** The view is to show another search. */
  search(view: RosterView, text: string): void;
  /** The view shows more or less, or nothing any more. */
  changed(view: RosterView): void;
}

/** A part of the page's view of the people online: the first names, of all or of a search. */
export class RosterView extends Store<RosterViewState> {
  /** @internal The `nameKey()` of the search that is asked for. */
  wish = '';
  /** @internal Calls off the search that was typed last and is not asked for yet. */
  cancel: (() => void) | undefined;
  /** @internal */
  open = true;
  readonly #host: RosterViewHost;
  #limit: number;

  /** @internal */
  constructor(limit: number, host: RosterViewHost) {
    super(empty);
    this.#limit = within(limit);
    this.#host = host;
  }

  /** How many names are shown at most. */
  get limit(): number {
    return this.#limit;
  }

  set limit(limit: number) {
    if (within(limit) === this.#limit) return;
    this.#limit = within(limit);
    this.#host.changed(this);
  }

  /** Shows the names that begin with this; all names when it is empty. */
  search(text: string): void {
    this.#host.search(this, text);
  }

  close(): void {
    this.open = false;
    this.cancel?.();
    this.#host.changed(this);
  }

  /** @internal */
  put(state: RosterViewState): void {
    this.update(state);
  }

  /** @internal */
  clear(): void {
    this.update(empty);
  }
}

/** A limit that a server takes, whatever an attribute says. */
const within = (limit: number) =>
  Math.min(Math.max(Math.trunc(limit) || ROSTER_LIMIT, 1), ROSTER_PAGE_SIZE);

const empty: RosterViewState = { search: '', online: new Map(), total: 0 };
