import type { Clock } from '../../time/clock.js';
import type { Directory } from '../directory.js';
import { OnlineList } from './online-list.js';
import { View, type Wish } from './view.js';
import type { Watch } from './watch.js';

/** How much longer changes are gathered for each watch, in milliseconds. */
const PER_WATCH = 0.5;

/** The longest that changes are gathered, in milliseconds. */
const MAX_INTERVAL = 1000;

/** A change of the total alone waits for so many intervals. */
const TOTAL_INTERVALS = 5;

/** How long the list is kept up to date for nobody, in milliseconds: to read it anew costs more. */
const LIST_KEPT = 30_000;

/** Watches that are served in one turn of the event loop, and the pause before the next, in ms. */
const AT_ONCE = 100;
const PAUSE = 5;

/**
 * Tells who is online: keeps one list for all, and a view for each distinct wish. What a change
 * costs depends on what is shown, and not on how many people there are.
 */
export class Presence {
  readonly #directory: Directory;
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #list = new OnlineList();
  /** By search, then by the rest of the wish. */
  readonly #views = new Map<string, Map<string, View>>();
  /** Views that may have to be shown anew, and since when the total alone was different. */
  readonly #changed = new Map<View, number | undefined>();
  #watches = 0;
  #unwatchedSince = 0;
  #ready: Promise<void> | undefined;
  #unwatch: (() => void) | undefined;
  #cancel: (() => void) | undefined;

  /** @param interval how long changes are gathered at least, in milliseconds */
  constructor(directory: Directory, clock: Clock, interval: number) {
    this.#directory = directory;
    this.#clock = clock;
    this.#interval = interval;
  }

  /** Settles when the list is known: it is read with the first watch, and then kept up to date. */
  ready(): Promise<void> {
    return (this.#ready ??= this.#read());
  }

  /** The view of a wish: the same for all who have it. */
  view(wish: Wish): View {
    const views = this.#views.get(wish.search);
    return views?.get(kindOf(wish)) ?? new View(wish, this.#list);
  }

  join(watch: Watch): void {
    const { view } = watch;
    const { wish } = view;
    if (!this.#views.has(wish.search)) this.#views.set(wish.search, new Map());
    this.#views.get(wish.search)!.set(kindOf(wish), view);
    view.watches.add(watch);
    this.#watches++;
  }

  leave(watch: Watch): void {
    const { view } = watch;
    const { wish } = view;
    view.watches.delete(watch);
    if (!view.watches.size) {
      const views = this.#views.get(wish.search)!;
      views.delete(kindOf(wish));
      if (!views.size) this.#views.delete(wish.search);
      this.#changed.delete(view);
    }
    if (--this.#watches > 0) return;
    this.#unwatchedSince = this.#clock.now();
    this.#rest();
  }

  /** Watches the directory no longer. */
  close(): void {
    this.#forget();
    this.#rest();
  }

  async #read(): Promise<void> {
    this.#unwatchedSince = this.#clock.now();
    // Changes made while the list is being read are newer than the list.
    let since: Map<string, string | undefined> | undefined = new Map();
    this.#unwatch = this.#directory.watch((key, name, online) => {
      if (since) since.set(key, online ? name : undefined);
      else this.#change(key, online ? name : undefined);
    });
    try {
      this.#list.fill(await this.#directory.online());
    } catch (error) {
      this.#forget();
      throw error;
    }
    for (const [key, name] of since) this.#change(key, name);
    since = undefined;
  }

  /** @param name undefined for somebody who has gone */
  #change(key: string, name: string | undefined): void {
    if (name === undefined) this.#list.delete(key);
    else this.#list.set(key, name);
    if (!this.#watches) {
      if (this.#clock.now() - this.#unwatchedSince >= LIST_KEPT) this.#forget();
      return;
    }
    // Each beginning of the key is a search that finds the name.
    for (let length = 0; length <= key.length; length++) {
      for (const view of this.#views.get(key.slice(0, length))?.values() ?? []) this.#note(view);
    }
  }

  #forget(): void {
    this.#unwatch?.();
    this.#ready = undefined;
    this.#list.fill([]);
  }

  #note(view: View): void {
    if (!this.#changed.has(view)) this.#changed.set(view, undefined);
    this.#plan();
  }

  #plan(): void {
    this.#cancel ??= this.#clock.after(this.#pause, this.#tell);
  }

  /** How long changes are gathered: longer the more people have to be told. */
  get #pause(): number {
    return Math.max(this.#interval, Math.min(PER_WATCH * this.#watches, MAX_INTERVAL));
  }

  #tell = (): void => {
    const changed = [...this.#changed];
    this.#changed.clear();
    this.#tellSome(this.#steps(changed));
  };

  /** Goes on with the work, leaves room for others, and plans the next round when it is done. */
  #tellSome(steps: Iterator<void>): void {
    for (let count = 0; count < AT_ONCE; count++) {
      if (!steps.next().done) continue;
      this.#cancel = undefined;
      if (this.#changed.size) this.#plan();
      return;
    }
    this.#cancel = this.#clock.after(PAUSE, () => this.#tellSome(steps));
  }

  /** Brings each view up to date and tells everybody who is shown it; a yield for each piece of work. */
  *#steps(changed: [view: View, since: number | undefined][]): Generator<void, void> {
    for (const [view, since = this.#clock.now()] of changed) {
      yield;
      if (!view.watches.size) continue;
      const due = this.#clock.now() - since >= (TOTAL_INTERVALS - 1) * this.#pause;
      const found = view.refresh(due);
      if (found === 'other-total') this.#changed.set(view, since);
      if (found !== 'new-version') continue;
      for (const watch of view.watches) {
        watch.sendStep();
        yield;
      }
      view.step = [];
    }
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#changed.clear();
  }
}

const kindOf = ({ limit, whole }: Wish): string => `${limit} ${whole}`;
