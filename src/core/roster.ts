import type { Clock } from '../time/clock.js';
import { MAX_NAME_LENGTH } from '../protocol/basics.js';
import { MAX_WATCHES } from '../protocol/limits.js';
import type { ServerMessage } from '../protocol/messages.js';
import { nameKey } from '../protocol/name-key.js';
import { NOBODY_ONLINE, type RosterState } from './roster-state.js';
import { ROSTER_LIMIT, RosterView } from './roster-view.js';
import type { Signaling } from './signaling/signaling.js';
import { Store } from './store.js';

/** How long a search is typed before the server is asked, in milliseconds. */
export const SEARCH_DELAY = 200;

/** The server's answer to a search. */
interface Page {
  names: Map<string, string>;
  total: number;
}

/**
 * The people online. The server reports them only while at least one part of the page watches, and
 * only those that are shown. Each view fires a `change` of its own.
 */
export class Roster extends Store<RosterState> {
  readonly #signaling: Signaling;
  readonly #clock: Clock;
  readonly #views = new Set<RosterView>();
  /** The server's answers, by search. */
  readonly #pages = new Map<string, Page>();
  /** The limits asked for, by search. */
  readonly #asked = new Map<string, number>();
  /** A page that is still coming in, part by part. */
  #incoming: string[] = [];
  /** True with a server of version 0.1: it knows no search, and always shows everybody. */
  #tellsAll = false;

  /** @internal */
  constructor(signaling: Signaling, clock: Clock) {
    super(NOBODY_ONLINE);
    this.#signaling = signaling;
    this.#clock = clock;
  }

  /** Starts to watch. @returns a function that stops it. */
  watch(): () => void {
    const view = this.view();
    return () => view.close();
  }

  /**
   * Shows a page of names until it is closed; views with the same search share what the server
   * tells.
   * @param limit how many names are shown at most, 1 to 200
   */
  view(limit = ROSTER_LIMIT): RosterView {
    const view = new RosterView(limit, {
      search: (each, text) => this.#search(each, text),
      changed: (each) => {
        if (!each.open) this.#views.delete(each);
        this.#ask();
        this.#show(each);
      },
    });
    this.#views.add(view);
    this.#ask();
    this.#show(view);
    return view;
  }

  /** @internal Asks anew after a sign-in, and forgets everybody after a sign-out. */
  signedIn(yes: boolean): void {
    this.#asked.clear();
    this.#incoming = [];
    this.#tellsAll = false;
    if (yes) return this.#ask();
    this.#pages.clear();
    for (const view of this.#views) view.clear();
    this.update(NOBODY_ONLINE);
  }

  /** @internal */
  receive(message: Extract<ServerMessage, { type: 'roster' | 'presence' }>): void {
    const { total, search = '' } = message;
    this.#tellsAll = total === undefined;
    // An answer was still on its way when its search was called off.
    if (!this.#tellsAll && !this.#asked.has(search)) return;
    if (message.type === 'roster') {
      this.#incoming.push(...message.names);
      if (message.more) return;
      const names = new Map(this.#incoming.map((name) => [nameKey(name), name]));
      this.#incoming = [];
      this.#pages.set(search, { names, total: total ?? names.size });
    } else {
      let page = this.#pages.get(search);
      if (!page && !this.#tellsAll) return;
      page ??= { names: new Map(), total: 0 };
      this.#pages.set(search, page);
      for (const name of message.offline) page.names.delete(nameKey(name));
      for (const name of message.online) page.names.set(nameKey(name), name);
      page.total = total ?? page.names.size;
    }
    // A search answered here may have to go to the server now, or the other way round.
    this.#ask();
    for (const view of this.#views) if (this.#source(view) === search) this.#show(view);
    const everybody = search === '' && this.#read('', '', ROSTER_LIMIT);
    if (everybody) this.update(everybody);
  }

  #search(view: RosterView, text: string): void {
    view.cancel?.();
    // No name has more code points.
    const search = [...nameKey(text)].slice(0, MAX_NAME_LENGTH).join('');
    const ask = () => {
      view.wish = search;
      this.#ask();
      this.#show(view);
    };
    if (!search || this.#knowsAll) ask();
    else view.cancel = this.#clock.after(SEARCH_DELAY, ask);
  }

  /** Whether everybody is on the page without a search, so that the server need not be asked. */
  get #knowsAll(): boolean {
    const page = this.#pages.get('');
    return !!page && page.names.size >= page.total;
  }

  /** The search whose page a view shows names of. */
  #source(view: RosterView): string {
    return this.#knowsAll ? '' : view.wish;
  }

  /** Asks the server for what the views show, and for nothing else. */
  #ask(): void {
    const wanted = new Map<string, number>();
    for (const view of this.#views) {
      const search = this.#source(view);
      // More is not to be had: a further search waits until a view has no need of its own.
      if (!wanted.has(search) && wanted.size === MAX_WATCHES) continue;
      wanted.set(search, Math.max(view.limit, wanted.get(search) ?? 0));
    }
    for (const search of this.#asked.keys()) {
      if (wanted.has(search)) continue;
      this.#asked.delete(search);
      this.#pages.delete(search);
      // A server that knows no search would stop everything.
      const last = !wanted.size && !this.#asked.size;
      if (last) this.#signaling.send({ type: 'watch', on: false });
      else if (!this.#tellsAll) this.#signaling.send({ type: 'watch', on: false, search });
    }
    for (const [search, limit] of wanted) {
      if (this.#asked.get(search) === limit) continue;
      const words = search ? { search, limit } : { limit };
      if (this.#signaling.send({ type: 'watch', on: true, ...words })) {
        this.#asked.set(search, limit);
      }
    }
  }

  /** Puts into a view what is known; until the server has answered, it goes on showing the former. */
  #show(view: RosterView): void {
    const found = this.#read(this.#source(view), view.wish, view.limit);
    if (!found) return;
    view.put({ ...found, search: view.wish });
  }

  /** The first names of a page that begin with a search, in the order of their keys. */
  #read(source: string, search: string, limit: number): RosterState | undefined {
    const page = this.#pages.get(source);
    if (!page) return undefined;
    const own = nameKey(this.#signaling.state.name);
    const keys = [...page.names.keys()]
      .filter((key) => key !== own && key.startsWith(search))
      .sort();
    const whole = page.names.size >= page.total;
    return {
      online: new Map(keys.slice(0, limit).map((key) => [key, page.names.get(key)!])),
      total: whole ? keys.length : page.total - (own.startsWith(search) ? 1 : 0),
    };
  }
}
